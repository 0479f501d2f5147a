-- One row per group: of the sheets that answer the overall item, those satisfied.
select
    columns('^by_'),
    period,
    cast(coalesce(sum(n) filter (where is_satisfied), 0) as bigint) as numerator,
    cast(coalesce(sum(n) filter (where is_satisfied is not null), 0) as bigint) as denominator,
    cast(coalesce(sum(n) filter (where is_satisfied is null), 0) as bigint) as excluded
from sheets
where period > 0
group by all
