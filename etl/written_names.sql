-- One row per kind of name, root and way of writing it in the active loads, in order of first appearance.
-- `registers_as` is the unit kind that an unknown unit gets, null where the profile rejects it.
with written as (
    select
        spelled.names as kind,
        case when spelled.names = 'unit' then load_.root else '' end as root,
        spelled.spelling,
        case when spelled.registers and load_.unknown_units = 'register' then load_.unit_kind end as registers_as,
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
