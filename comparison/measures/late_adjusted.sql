-- One row per group: of the cases due in the period and before the cut-off, those finished later or still open.
-- What is expected of each group's fields is worked out from these counts: comparison/measures/expected.py.
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where event = 'due_late'), 0) as late,
    coalesce(sum(n) filter (where event in ('due_on_time', 'due_late')), 0) as cases,
    coalesce(sum(n) filter (where event = 'due_excluded'), 0) as excluded
from events
where event in ('due_on_time', 'due_late', 'due_excluded') and period > 0
group by all
