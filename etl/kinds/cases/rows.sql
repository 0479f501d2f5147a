-- One row per readable data row of every active load of cases. Key: load_id, row_no.
with placed as (
    select
        load_.load_id, load_.load_seq as arrival_seq, load_.source, load_.root, load_.source_file,
        load_.lone_before, load_.lone_after,
        -- A corrected row stands where the row that it corrects would have stood.
        coalesce(original.load_seq, load_.load_seq) as load_seq,
        coalesce(original.extracted_on, load_.extracted_on) as extracted_on,
        line.of_load, line.of_sheet, line.of_row,
        line.row_no, line.sheet, line.row_number,
        code_key(line.case_code) as row_key,
        line.case_code,
        line.unit, line.receiving_unit, line.procedure, line.field,
        cast(line.received_at as date) as received_on,
        cast(line.due_at as date) as due_on,
        cast(line.finished_at as date) as finished_on,
        cast(line.handed_over_at as date) as handed_over_on,
        line.received_at, line.finished_at,
        line.status,
        coalesce(line.channel, 'unknown') as channel,
        line.assisted_by, line.apology_sent_on, line.extension_count, line.late_cause,
        md5(concat_ws('|',
            coalesce(line.unit, ''), coalesce(line.receiving_unit, ''), coalesce(line.procedure, ''),
            coalesce(line.field, ''), coalesce(cast(line.received_at as string), ''),
            coalesce(cast(line.due_at as string), ''), coalesce(cast(line.finished_at as string), ''),
            coalesce(cast(line.handed_over_at as string), ''), coalesce(line.status, ''), coalesce(line.channel, ''),
            coalesce(line.assisted_by, ''), coalesce(cast(line.apology_sent_on as string), ''),
            coalesce(cast(line.extension_count as string), ''), coalesce(line.late_cause, '')
        )) as content
    from archived_cases as line
    join active_loads as load_ on load_.load_id = line.load_id
    left join active_loads as original on original.load_id = line.of_load
)
select
    placed.*,
    placed.row_key as row_code,
    unit.unit_id,
    receiving.unit_id as receiving_unit_id,
    coalesce(procedures.procedure_id, unknown_procedure.procedure_id) as procedure_id,
    coalesce(fields.field_id, procedures.field_id, unknown_field.field_id) as field_id,
    unit.unit_id is not null as is_accepted,
    case when unit.unit_id is null then 'unknown_unit' end as reason,
    placed.unit as rejected_value
from placed
left join unit_spellings as unit
    on unit.root = placed.root
    and unit.spelling = placed.unit
    and placed.received_on between unit.valid_from and unit.valid_to
left join unit_spellings as receiving
    on receiving.root = placed.root
    and receiving.spelling = placed.receiving_unit
    and placed.received_on between receiving.valid_from and receiving.valid_to
left join procedure_spellings on procedure_spellings.spelling = placed.procedure
left join procedures on procedures.code = procedure_spellings.code
left join field_spellings on field_spellings.spelling = placed.field
left join fields on fields.code = field_spellings.code
cross join (select procedure_id from procedures where code = 'khong-ro') as unknown_procedure
cross join (select field_id from fields where code = 'khong-ro') as unknown_field
