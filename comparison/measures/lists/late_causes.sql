-- One row per group and recorded cause: how many cases of the late share have it.
select
    columns('^by_'),
    period,
    late_cause as cause,
    cast(round(sum(n)) as bigint) as n
from causes
where period > 0
group by all
