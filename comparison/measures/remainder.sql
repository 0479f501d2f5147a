-- One row per group: what of the intake is neither resolved nor closed without result nor in progress.
with changes as (
    select
        columns('^by_'), period,
        sum(case event when 'received' then n else 0 end) as received,
        sum(case when event in ('closed_early', 'closed_on_time', 'closed_late', 'closed_no_due', 'closed_faulty',
                                'closed_without_result') then n else 0 end) as closed,
        sum(case event when 'stock_in' then n when 'stock_out' then -n else 0 end) as change
    from events
    where event in ('received', 'stock_in', 'stock_out', 'closed_early', 'closed_on_time', 'closed_late',
                    'closed_no_due', 'closed_faulty', 'closed_without_result')
    group by all
)
select
    columns('^by_'),
    periods.period,
    sum(case when changes.period = periods.period then received - closed - change else 0 end) as numerator,
    0 as excluded
from changes
join periods on changes.period <= periods.period
group by all
having sum(case when changes.period = periods.period then received else change end) <> 0
