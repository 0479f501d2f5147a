-- One row per source, unit, field, procedure, channel, month, kind of duration and number of working days, with how many cases.
select
    source, unit_id, field_id, procedure_id, channel, duration, cast(date_trunc('month', day) as date) as day, days, count(*) as n
from case_durations
group by source, unit_id, field_id, procedure_id, channel, duration, cast(date_trunc('month', day) as date), days
order by duration, unit_id, day
