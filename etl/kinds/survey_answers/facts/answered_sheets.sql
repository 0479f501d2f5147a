-- One row per answer sheet, on the day that it was answered. Key: sheet_no.
select
    sheet_no, source, unit_id, field_id, channel, instrument_id, overall_score, is_satisfied, case_id,
    answered_on as day,
    1 as n
from survey_sheets
