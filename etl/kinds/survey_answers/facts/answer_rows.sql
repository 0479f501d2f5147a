-- One row per answer that counts: the last of each sheet and item. Key: source, instrument_id, sheet_id, item.
with last_versions as (
    select
        source, row_key, max(version) as version
    from stage_rows
    where kind = 'survey_answers'
    group by source, row_key
)
select
    stage_survey_answers.*
from stage_survey_answers
join stage_rows
    on stage_rows.kind = 'survey_answers' and stage_rows.load_id = stage_survey_answers.load_id
    and stage_rows.row_no = stage_survey_answers.row_no and stage_rows.row_key = stage_survey_answers.row_key
join last_versions
    on last_versions.source = stage_rows.source and last_versions.row_key = stage_rows.row_key
    and last_versions.version = stage_rows.version
