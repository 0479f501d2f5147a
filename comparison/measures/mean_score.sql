-- One row per group: the sum and the sample standard deviation of the scores given to an item.
select
    columns('^by_'),
    period,
    sum(score) as total,
    stddev_samp(score) as deviation,
    count(*) as denominator,
    0 as excluded
from answers
where period > 0
group by all
