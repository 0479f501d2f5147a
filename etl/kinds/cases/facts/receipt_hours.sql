-- One row per unit, field, channel, month of receipt, weekday (1 = Monday) and hour, with how many cases.
select
    unit_id, field_id, channel, cast(date_trunc('month', day) as date) as day, weekday, hour, count(*) as n
from case_receipts
group by unit_id, field_id, channel, cast(date_trunc('month', day) as date), weekday, hour
order by unit_id, day
