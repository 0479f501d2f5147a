-- One row per measure, unit and month from which its usual level starts anew; a decision for a root is one for each unit.
select distinct
    rebases.measure,
    unit.code as unit,
    strftime(rebases.month, '%Y-%m') as from_month,
    rebases.reason
from rebases
join units as unit on rebases.unit_id in (unit.unit_id, unit.root_id)
join units as root on root.unit_id = unit.root_id
where root.code = $root and unit.code in (select unnest($units))
order by rebases.measure, unit, from_month, rebases.reason
