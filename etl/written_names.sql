-- One row per kind of name, root and way of writing it in the active loads, in order of first appearance.
-- `registers_as` is the unit kind that an unknown unit gets, null where the profile rejects it.
with written as (
    select 'unit' as kind, load_.root, line.unit as spelling,
           case when load_.unknown_units = 'register' then load_.unit_kind end as registers_as,
           load_.load_seq, line.row_no
    from archived_cases as line join active_loads as load_ using (load_id)
    union all
    select 'unit', load_.root, line.unit,
           case when load_.unknown_units = 'register' then load_.unit_kind end,
           load_.load_seq, line.row_no
    from archived_answers as line join active_loads as load_ using (load_id)
    union all
    select 'unit', load_.root, line.receiving_unit, null, load_.load_seq, line.row_no
    from archived_cases as line join active_loads as load_ using (load_id)
    union all
    select 'field', '', line.field, null, load_.load_seq, line.row_no
    from archived_cases as line join active_loads as load_ using (load_id)
    union all
    select 'field', '', line.field, null, load_.load_seq, line.row_no
    from archived_answers as line join active_loads as load_ using (load_id)
    union all
    select 'procedure', '', line.procedure, null, load_.load_seq, line.row_no
    from archived_cases as line join active_loads as load_ using (load_id)
)
select kind, root, spelling, max(registers_as) as registers_as
from written
where spelling is not null
group by kind, root, spelling
order by min((load_seq, row_no))
