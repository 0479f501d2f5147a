-- One row per review, criterion and unit of a root scored, reviews by day, criteria as the office ordered them.
select
    models.code as model,
    reviews.code as review,
    reviews.held_on,
    criteria.code as criterion,
    criteria.group_name,
    criteria.name as criterion_name,
    criteria.highest_score,
    unit.code as unit,
    unit.name as unit_name,
    unit.kind as unit_kind,
    criterion_scores.score
from criterion_scores
join reviews on reviews.review_id = criterion_scores.review_id
join models on models.model_id = reviews.model_id
join criteria on criteria.criterion_id = criterion_scores.criterion_id
join unit_now on unit_now.unit_id = criterion_scores.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
where root.code = $root
    and unit.code in (select unnest($units))
order by reviews.held_on, reviews.code, criteria.criterion_id, unit.name collate vi, unit.code
