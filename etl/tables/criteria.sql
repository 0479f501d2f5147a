-- One row per criterion that a model is reviewed by. Key: criterion_id; natural key: model_id, code.
select
    cast(row_number() over (order by reference_criteria.model, reference_criteria.place) as int) as criterion_id,
    models.model_id,
    reference_criteria.criterion as code,
    reference_criteria.group_name,
    reference_criteria.name,
    reference_criteria.highest_score
from reference_criteria
join models on models.code = reference_criteria.model
