-- One row per group: cases finished in the period before the day they were due.
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where event in ('closed_early')), 0) as numerator,
    coalesce(sum(n) filter (where event in ('closed_no_due', 'closed_faulty', 'closed_excluded', 'closed_without_result')), 0) as excluded
from events
where event in ('closed_early', 'closed_on_time', 'closed_late', 'closed_no_due', 'closed_faulty', 'closed_excluded',
                'closed_without_result')
    and period > 0
group by all
