-- One row per group: of the answers to an item, those that say satisfied.
select
    columns('^by_'),
    period,
    count(*) filter (where is_satisfied) as numerator,
    count(*) as denominator,
    0 as excluded
from answers
where period > 0
group by all
