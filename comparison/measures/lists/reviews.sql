-- One row per review of a model that a unit of a root adopted or plans to, the earliest first.
select
    models.code as model,
    reviews.code as review,
    reviews.kind,
    reviews.held_on,
    reviews.title
from reviews
join models on models.model_id = reviews.model_id
where reviews.model_id in (
    select adoptions.model_id
    from adoptions
    join unit_now on unit_now.unit_id = adoptions.unit_id
    join units as unit on unit.unit_id = unit_now.as_unit_id
    join units as root on root.unit_id = unit.root_id
    where root.code = $root
        and unit.code in (select unnest($units))
)
order by reviews.held_on, reviews.code
