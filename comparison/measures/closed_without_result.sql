-- One row per group: cases returned, withdrawn, refused or stopped in the period.
select
    columns('^by_'),
    period,
    sum(n) as numerator,
    0 as excluded
from events
where event = 'closed_without_result' and period > 0
group by all
