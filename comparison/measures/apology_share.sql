-- One row per group: of the cases finished late in the period, those with an apology letter.
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where event = 'apology_sent'), 0) as numerator,
    coalesce(sum(n) filter (where event = 'closed_late'), 0) as denominator,
    coalesce(sum(n) filter (
        where event in ('closed_no_due', 'closed_faulty', 'closed_excluded', 'closed_without_result')), 0) as excluded
from events
where event in ('apology_sent', 'closed_late', 'closed_no_due', 'closed_faulty', 'closed_excluded',
                'closed_without_result')
    and period > 0
group by all
