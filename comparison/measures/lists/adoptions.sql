-- One row per model and unit of a root that adopted it or plans to: codes, names, first day, first day without it.
select
    models.code as model,
    models.name as model_name,
    unit.code as unit,
    unit.name as unit_name,
    unit.kind as unit_kind,
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
order by
    min(adoptions.adopted_from) over (partition by models.code) nulls last,
    min(adoptions.planned_from) over (partition by models.code) nulls last,
    models.code, adoptions.adopted_from nulls last, adoptions.planned_from, unit.code
