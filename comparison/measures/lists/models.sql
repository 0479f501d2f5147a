-- One row per model that a unit of a root adopted or plans to, by first adoption, those only planned last.
select
    models.code as model,
    models.name as model_name,
    models.purpose,
    models.responsible
from models
join adoptions on adoptions.model_id = models.model_id
join unit_now on unit_now.unit_id = adoptions.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
where root.code = $root
    and unit.code in (select unnest($units))
group by models.code, models.name, models.purpose, models.responsible
order by min(adoptions.adopted_from) nulls last, min(adoptions.planned_from) nulls last, models.code
