-- One row per answer that counts: the last of each sheet and item. Key: source, instrument_id, sheet_id, item.
select *
from versions_survey_answers
where is_last
