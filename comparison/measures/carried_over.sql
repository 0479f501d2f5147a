-- One row per group: the stock on the day before the period.
with changes as (
    select
        columns('^by_'), period,
        sum(case event when 'stock_in' then n else -n end) as change
    from events
    where event in ('stock_in', 'stock_out')
    group by all
)
select
    columns('^by_'),
    periods.period,
    sum(change) as numerator,
    0 as excluded
from changes
join periods on changes.period < periods.period
group by all
having sum(change) <> 0
