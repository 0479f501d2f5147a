-- One row per source, unit, field, channel, day and event, with how many cases. What measures read.
select
    source, unit_id, field_id, channel, event, day, count(*) as n
from case_events
group by source, unit_id, field_id, channel, event, day
order by event, unit_id, day
