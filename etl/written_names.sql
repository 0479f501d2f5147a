-- One row per kind of name, root and way of writing it in the active loads, in order of first appearance.
-- `registers_as` is the unit kind that an unknown unit gets, null where the profile rejects it.
with spelled as (
    select load_id, 'unit' as kind, unit as spelling, min(row_no) as row_no from archived_cases group by all
    union all
    select load_id, 'unit', unit, min(row_no) from archived_answers group by all
    union all
    select load_id, 'receiving', receiving_unit, min(row_no) from archived_cases group by all
    union all
    select load_id, 'field', field, min(row_no) from archived_cases group by all
    union all
    select load_id, 'field', field, min(row_no) from archived_answers group by all
    union all
    select load_id, 'procedure', procedure, min(row_no) from archived_cases group by all
),
written as (
    select
        case when spelled.kind = 'receiving' then 'unit' else spelled.kind end as kind,
        case when spelled.kind in ('unit', 'receiving') then load_.root else '' end as root,
        spelled.spelling,
        case when spelled.kind = 'unit' and load_.unknown_units = 'register' then load_.unit_kind end as registers_as,
        load_.load_seq,
        spelled.row_no
    from spelled
    join active_loads as load_ using (load_id)
    where spelled.spelling is not null
)
select kind, root, spelling, max(registers_as) as registers_as
from written
group by kind, root, spelling
order by min((load_seq, row_no))
