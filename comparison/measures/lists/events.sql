-- One row per thing that happened in a root or a unit of it beside the models, the earliest first.
select
    events.happened_on,
    unit.code as unit,
    unit.name as unit_name,
    events.title
from events
join unit_now on unit_now.unit_id = events.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
where root.code = $root
    and unit.code in (select unnest($units))
order by events.happened_on, unit.unit_id, events.title
