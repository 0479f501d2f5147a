-- One row per group: the part of the stock at the end of the period that was due before that day and is not awaiting.
with changes as (
    select
        columns('^by_'), period,
        sum(case event when 'overdue_in' then n when 'overdue_out' then -n else 0 end) as overdue,
        sum(case event when 'stock_in' then n when 'stock_out' then -n else 0 end) as stock
    from events
    where event in ('overdue_in', 'overdue_out', 'stock_in', 'stock_out')
    group by all
)
select
    columns('^by_'),
    periods.period,
    sum(overdue) as numerator,
    0 as excluded
from changes
join periods on changes.period <= periods.period
group by all
having sum(stock) <> 0
