-- One row per case and change of it that an export showed. Key: case_id, version.
select
    cases.case_id,
    case_rows.version,
    case_rows.extracted_on,
    case_rows.unit_id,
    case_rows.field_id,
    case_rows.procedure_id,
    case_rows.status,
    case_rows.received_on,
    case_rows.due_on,
    case_rows.finished_on,
    case_rows.load_id,
    case_rows.source_file,
    case_rows.row_number
from case_rows
join cases on cases.source = case_rows.source and cases.case_key = case_rows.row_key
where case_rows.fate <> 'unchanged'
