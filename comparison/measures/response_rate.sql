-- One row per group: of the closings in the period, those with at least one answer sheet.
select
    columns('^by_'),
    period,
    cast(coalesce(sum(n) filter (where has_sheet), 0) as bigint) as numerator,
    cast(sum(n) as bigint) as denominator,
    0 as excluded
from closings
where period > 0
group by all
