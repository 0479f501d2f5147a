-- One row per group: of the cases due in the period and before the cut-off, those finished later or still open.
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where event = 'due_late'), 0) as numerator,
    coalesce(sum(n) filter (where event in ('due_on_time', 'due_late')), 0) as denominator,
    coalesce(sum(n) filter (where event = 'due_excluded'), 0) as excluded
from events
where event in ('due_on_time', 'due_late', 'due_excluded') and period > 0
group by all
