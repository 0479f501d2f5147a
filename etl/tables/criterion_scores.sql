-- One row per review, criterion and unit scored. Key: review_id, criterion_id, unit_id.
select
    reviews.review_id,
    criteria.criterion_id,
    units.unit_id,
    reference_criterion_scores.score
from reference_criterion_scores
join reviews on reviews.code = reference_criterion_scores.review
join criteria on criteria.model_id = reviews.model_id and criteria.code = reference_criterion_scores.criterion
join units on units.code = reference_criterion_scores.unit
