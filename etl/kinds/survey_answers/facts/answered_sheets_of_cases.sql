-- One row per answer sheet, with the procedure of the case that it belongs to, null where it belongs to none. Key: sheet_no.
select
    answered_sheets.*,
    cases.procedure_id
from answered_sheets
left join cases on cases.case_id = answered_sheets.case_id
