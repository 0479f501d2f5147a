-- One row per name in an export that the reference files do not know: what it is, how many rows wait or count under it.
with seen as (
    select 'field' as kind, fields.name, count(*) as n
    from cases
    join fields on fields.field_id = cases.field_id
    join units as unit on unit.unit_id = cases.unit_id
    join units as root on root.unit_id = unit.root_id
    where fields.is_registered and root.code = $root
    group by fields.name
    union all
    select 'procedure' as kind, procedures.name, count(*) as n
    from cases
    join procedures on procedures.procedure_id = cases.procedure_id
    join units as unit on unit.unit_id = cases.unit_id
    join units as root on root.unit_id = unit.root_id
    where procedures.is_registered and root.code = $root
    group by procedures.name
    union all
    select 'unit' as kind, rejected_rows.value as name, count(*) as n
    from rejected_rows
    join loads on loads.load_id = rejected_rows.load_id
    where rejected_rows.reason = 'unknown_unit' and rejected_rows.settled_by is null and loads.root = $root
    group by rejected_rows.value
)
select
    seen.kind,
    seen.name,
    seen.n,
    min(nearest_names.nearest) as nearest
from seen
left join nearest_names
    on nearest_names.kind = seen.kind and nearest_names.name = seen.name
group by seen.kind, seen.name, seen.n
order by seen.n desc, seen.name collate vi
