-- One row per group: cases received in the period and the stock on the day before it.
with changes as (
    select
        columns('^by_'), period,
        sum(case event when 'received' then n else 0 end) as received,
        sum(case event when 'stock_in' then n when 'stock_out' then -n else 0 end) as change
    from events
    where event in ('received', 'stock_in', 'stock_out')
    group by all
)
select
    columns('^by_'),
    periods.period,
    sum(case when changes.period = periods.period then received else change end) as numerator,
    0 as excluded
from changes
join periods on changes.period <= periods.period
group by all
having sum(case when changes.period = periods.period then received else change end) <> 0
