-- One row per sheet and item answered, and whether that answer is satisfied. Key: sheet_no, item.
select
    answered_sheets.source, answered_sheets.sheet_no, answered_sheets.unit_id, answered_sheets.field_id,
    answered_sheets.channel, answered_sheets.instrument_id, answered_sheets.case_id, answered_sheets.day,
    answered_sheets.n,
    survey_answers.item,
    survey_answers.score,
    survey_answers.score >= instruments.satisfied_from as is_satisfied
from answered_sheets
join survey_answers on survey_answers.sheet_no = answered_sheets.sheet_no
join instruments on instruments.instrument_id = answered_sheets.instrument_id
