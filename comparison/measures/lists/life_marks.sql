-- One row per day, model and kind of mark (launch, end, interim, final): how many of the units asked it is about.
with adopted as (
    select
        adoptions.model_id,
        unit.unit_id,
        adoptions.adopted_from,
        adoptions.adopted_to
    from adoptions
    join unit_now on unit_now.unit_id = adoptions.unit_id
    join units as unit on unit.unit_id = unit_now.as_unit_id
    join units as root on root.unit_id = unit.root_id
    where root.code = $root
        and unit.code in (select unnest($units))
        and adoptions.adopted_from is not null
),
marked as (
    select model_id, unit_id, adopted_from as day, 'launch' as kind from adopted
    union all
    select model_id, unit_id, adopted_to as day, 'end' as kind from adopted where adopted_to is not null
    union all
    -- A final review is held when some units have ended: they had the model by then.
    select adopted.model_id, adopted.unit_id, reviews.held_on as day, reviews.kind
    from adopted
    join reviews on reviews.model_id = adopted.model_id and adopted.adopted_from <= reviews.held_on
)
select
    strftime(marked.day, '%Y-%m') as month,
    marked.day,
    models.code as model,
    models.name as model_name,
    marked.kind,
    count(distinct marked.unit_id) as units
from marked
join models on models.model_id = marked.model_id
group by marked.day, models.code, models.name, marked.kind
order by marked.day, models.code, marked.kind
