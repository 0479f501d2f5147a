-- One row per group: of the cases finished in the period with a due date, those finished by that day (form II.06).
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where event in ('closed_early', 'closed_on_time')), 0) as numerator,
    coalesce(sum(n) filter (where event in ('closed_early', 'closed_on_time', 'closed_late')), 0) as denominator,
    coalesce(sum(n) filter (
        where event in ('closed_no_due', 'closed_faulty', 'closed_excluded', 'closed_without_result')), 0) as excluded
from events
where event in ('closed_early', 'closed_on_time', 'closed_late', 'closed_no_due', 'closed_faulty', 'closed_excluded',
                'closed_without_result')
    and period > 0
group by all
