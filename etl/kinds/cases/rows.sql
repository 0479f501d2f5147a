-- One row per readable data row of every active load of cases. Key: load_id, row_no.
select
    line.load_id, line.row_no, line.sheet, line.row_number,
    code_key(line.case_code) as row_key,
    line.case_code,
    line.receiving_unit,
    cast(line.received_at as date) as received_on,
    cast(line.due_at as date) as due_on,
    cast(line.finished_at as date) as finished_on,
    cast(line.handed_over_at as date) as handed_over_on,
    line.received_at, line.finished_at,
    line.status,
    coalesce(line.channel, 'unknown') as channel,
    line.assisted_by, line.apology_sent_on, line.extension_count, line.late_cause,
    hash(
        line.unit, line.receiving_unit, line.procedure, line.field, line.received_at, line.due_at, line.finished_at,
        line.handed_over_at, line.status, line.channel, line.assisted_by, line.apology_sent_on, line.extension_count,
        line.late_cause
    ) as content,
    unit.unit_id,
    receiving.unit_id as receiving_unit_id,
    coalesce(procedures.procedure_id, unknown_procedure.procedure_id) as procedure_id,
    coalesce(fields.field_id, procedures.field_id, unknown_field.field_id) as field_id,
    unit.unit_id is not null as is_accepted,
    case when unit.unit_id is null then 'unknown_unit' end as reason,
    case when unit.unit_id is null then line.unit end as rejected_value
from archived_cases as line
join active_loads as load_ on load_.load_id = line.load_id
left join unit_spellings as unit
    on unit.root = load_.root
    and unit.spelling = line.unit
    and cast(line.received_at as date) between unit.valid_from and unit.valid_to
left join unit_spellings as receiving
    on receiving.root = load_.root
    and receiving.spelling = line.receiving_unit
    and cast(line.received_at as date) between receiving.valid_from and receiving.valid_to
left join procedure_spellings on procedure_spellings.spelling = line.procedure
left join procedures on procedures.code = procedure_spellings.code
left join field_spellings on field_spellings.spelling = line.field
left join fields on fields.code = field_spellings.code
cross join (select procedure_id from procedures where code = 'khong-ro') as unknown_procedure
cross join (select field_id from fields where code = 'khong-ro') as unknown_field
