-- One row per model and unit that adopts it. Key: model_id, unit_id.
select
    models.model_id,
    units.unit_id,
    reference_adoptions.planned_from,
    reference_adoptions.adopted_from,
    reference_adoptions.adopted_to
from reference_adoptions
join models on models.code = reference_adoptions.model
join units on units.code = reference_adoptions.unit
