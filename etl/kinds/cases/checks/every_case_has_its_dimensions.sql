-- Mỗi hồ sơ có một đơn vị, lĩnh vực và thủ tục có trong danh mục.
select
    cases.case_id, cases.source_file, cases.row_number
from cases
left join units on units.unit_id = cases.unit_id
left join fields on fields.field_id = cases.field_id
left join procedures on procedures.procedure_id = cases.procedure_id
where units.unit_id is null or fields.field_id is null or procedures.procedure_id is null
