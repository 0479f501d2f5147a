-- One row per sheet and item answered. Key: sheet_no, item.
select
    survey_sheets.sheet_no,
    answer_rows.item,
    answer_rows.score
from answer_rows
join survey_sheets
    on survey_sheets.source = answer_rows.source and survey_sheets.sheet_id = answer_rows.sheet_id
    and survey_sheets.instrument_id = answer_rows.instrument_id
where answer_rows.item is not null and answer_rows.score is not null
