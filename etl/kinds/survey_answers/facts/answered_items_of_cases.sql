-- One row per sheet and item answered, with the procedure of the sheet's case, null where it has none. Key: sheet_no, item.
select
    answered_items.*,
    cases.procedure_id
from answered_items
left join cases on cases.case_id = answered_items.case_id
