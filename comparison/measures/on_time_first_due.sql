-- One row per group: as on_time_due, by the first due date that an export showed.
select
    columns('^by_'),
    period,
    coalesce(sum(n) filter (where event = 'first_due_on_time'), 0) as numerator,
    coalesce(sum(n) filter (where event in ('first_due_on_time', 'first_due_late')), 0) as denominator,
    coalesce(sum(n) filter (where event = 'first_due_excluded'), 0) as excluded
from events
where event in ('first_due_on_time', 'first_due_late', 'first_due_excluded') and period > 0
group by all
