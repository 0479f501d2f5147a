-- One row per unit that began or ended on a known day: the days, null where it is not known or not over.
select
    unit.code as unit,
    unit.valid_from,
    unit.valid_to
from units as unit
join units as root on root.unit_id = unit.root_id
where root.code = $root
    and unit.code in (select unnest($units))
    and (unit.valid_from is not null or unit.valid_to is not null)
order by unit.code
