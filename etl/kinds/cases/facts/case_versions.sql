-- One row per case and change of it that an export showed. Key: case_id, version.
select
    key_no as case_id,
    version,
    extracted_on,
    unit_id,
    field_id,
    procedure_id,
    status,
    received_on,
    due_on,
    finished_on,
    load_id,
    source_file,
    row_number
from versions_cases
where fate <> 'unchanged' and source in (select source from sources)
