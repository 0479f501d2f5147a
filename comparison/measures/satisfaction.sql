-- One row per group: of the sheets that answer the overall item, those satisfied.
select
    columns('^by_'),
    period,
    count(*) filter (where is_satisfied) as numerator,
    count(overall_score) as denominator,
    count(*) - count(overall_score) as excluded
from sheets
where period > 0
group by all
