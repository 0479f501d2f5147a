-- One row per conclusion about a model of a root, reviews by day; without a unit it is for all units of the model.
select
    models.code as model,
    reviews.code as review,
    reviews.held_on,
    reviews.title as review_title,
    conclusions.number,
    conclusions.text,
    unit.code as unit,
    unit.name as unit_name,
    conclusions.due_on,
    conclusions.state
from conclusions
join reviews on reviews.review_id = conclusions.review_id
join models on models.model_id = reviews.model_id
left join unit_now on unit_now.unit_id = conclusions.unit_id
left join units as unit on unit.unit_id = unit_now.as_unit_id
left join units as root on root.unit_id = unit.root_id
where (unit.unit_id is null or (root.code = $root and unit.code in (select unnest($units))))
    and reviews.model_id in (
        select adoptions.model_id
        from adoptions
        join unit_now as adopting on adopting.unit_id = adoptions.unit_id
        join units as adopter on adopter.unit_id = adopting.as_unit_id
        join units as adopter_root on adopter_root.unit_id = adopter.root_id
        where adopter_root.code = $root
            and adopter.code in (select unnest($units))
    )
order by reviews.held_on, reviews.code, conclusions.number
