-- One row per group: of the letters sent in the period, those answered.
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where is_answered), 0) as numerator,
    sum(n) as denominator,
    0 as excluded
from letters
where period > 0
group by all
