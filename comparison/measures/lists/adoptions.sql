-- One row per model and unit of a root that adopted it: codes and names, first day, first day without it (or null).
select
    models.code as model,
    models.name as model_name,
    unit.code as unit,
    unit.name as unit_name,
    adoptions.planned_from,
    adoptions.adopted_from,
    adoptions.adopted_to
from adoptions
join models on models.model_id = adoptions.model_id
join unit_now on unit_now.unit_id = adoptions.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
where root.code = $root
    and unit.code in (select unnest($units))
    and adoptions.adopted_from is not null
order by min(adoptions.adopted_from) over (partition by models.code), models.code, adoptions.adopted_from, unit.code
