-- One row per group and number of working days late: how many cases finished late.
select
    columns('^by_'),
    period,
    days,
    cast(round(sum(n)) as bigint) as n
from durations
where duration = 'late' and days is not null and period > 0
group by all
