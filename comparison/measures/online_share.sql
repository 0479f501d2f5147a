-- One row per group: of the cases received in the period, those handed in online.
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where channel = 'online'), 0) as numerator,
    sum(n) as denominator,
    0 as excluded
from events
where event = 'received' and period > 0
group by all
