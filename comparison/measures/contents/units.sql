-- One row per unit, the root first and then in Vietnamese order: code, name, kind, code of the root, code of the parent.
select
    unit.code,
    unit.name,
    unit.kind,
    root.code as root,
    parent.code as parent
from units as unit
join units as root on root.unit_id = unit.root_id
left join units as parent on parent.unit_id = unit.parent_id
order by root.code, unit.unit_id <> unit.root_id, unit.name collate vi
