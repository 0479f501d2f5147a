-- One row per model and unit that adopts it or is planned to. Key: model_id, unit_id.
-- adopted_from is null while it is only planned; adopted_to is the first day without the model.
select
    models.model_id,
    units.unit_id,
    reference_adoptions.planned_from,
    reference_adoptions.adopted_from,
    reference_adoptions.adopted_to
from reference_adoptions
join models on models.code = reference_adoptions.model
join units on units.code = reference_adoptions.unit
