-- One row per thing that happened in a unit beside the models. Key: event_id; natural key: happened_on, unit_id, title.
select
    cast(row_number() over (order by reference_events.day, units.unit_id, reference_events.title) as int) as event_id,
    reference_events.day as happened_on,
    units.unit_id,
    reference_events.title
from reference_events
join units on units.code = reference_events.unit
