-- One row per group, weekday (1 = Monday) and hour: how many cases were received.
select
    columns('^by_'),
    period,
    weekday,
    hour,
    cast(round(sum(n)) as bigint) as n
from receipts
where period > 0
group by all
