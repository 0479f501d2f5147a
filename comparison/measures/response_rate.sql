-- One row per group: of the closings in the period, those with at least one answer sheet.
select
    columns('^by_'),
    period,
    count(*) filter (where has_sheet) as numerator,
    count(*) as denominator,
    0 as excluded
from closings
where period > 0
group by all
