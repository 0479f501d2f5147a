-- One row per group: the median of the working days from the day after receipt to the day finished.
with lengths as (
    select
        columns('^by_'), period, days, row(*columns('^by_')) as all_groups, sum(n) as n
    from durations
    where duration = 'taken' and period > 0
    group by all
),
running as (
    select
        *,
        sum(n) filter (where days is not null) over (partition by all_groups, period order by days) as up_to,
        sum(n) filter (where days is not null) over (partition by all_groups, period) as all_cases
    from lengths
)
select
    columns('^by_'),
    period,
    min(days) filter (where up_to * 2 >= all_cases) as value,
    coalesce(sum(n) filter (where days is not null), 0) as denominator,
    coalesce(sum(n) filter (where days is null), 0) as excluded
from running
group by all
