-- One row per conclusion of a review. Key: review_id, number. Without a unit it is for all units of the model.
select
    reviews.review_id,
    reference_conclusions.number,
    reference_conclusions.text,
    units.unit_id,
    reference_conclusions.due_on,
    reference_conclusions.state
from reference_conclusions
join reviews on reviews.code = reference_conclusions.review
left join units on units.code = reference_conclusions.unit
where reference_conclusions.unit is null or units.unit_id is not null
