-- One row per source, unit, field, procedure, channel, month and event, with how many cases.
select
    source, unit_id, field_id, procedure_id, channel, event, cast(date_trunc('month', day) as date) as day, count(*) as n
from case_events
group by source, unit_id, field_id, procedure_id, channel, event, cast(date_trunc('month', day) as date)
order by event, unit_id, day
