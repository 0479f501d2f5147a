-- One row per group: cases received in the period.
select
    columns('^by_'),
    period,
    sum(n) as numerator,
    0 as excluded
from events
where event = 'received' and period > 0
group by all
