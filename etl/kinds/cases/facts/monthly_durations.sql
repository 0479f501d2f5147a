-- One row per source, unit, field, procedure, channel, month, kind of duration, number of working days and of those allowed, with how many cases.
select
    source, unit_id, field_id, procedure_id, channel, duration, cast(date_trunc('month', day) as date) as day, days, days_allowed, count(*) as n
from case_durations
group by source, unit_id, field_id, procedure_id, channel, duration, cast(date_trunc('month', day) as date), days, days_allowed
order by duration, unit_id, day
