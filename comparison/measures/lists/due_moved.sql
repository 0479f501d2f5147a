-- One row per group: cases due, those whose due date was moved, and those on time by the first and by the current one.
select
    columns('^by_'),
    period,
    cast(round(coalesce(sum(n) filter (where event in ('due_on_time', 'due_late')), 0)) as bigint) as n,
    cast(round(coalesce(sum(n) filter (where event = 'moved'), 0)) as bigint) as moved,
    cast(round(
        coalesce(sum(n) filter (where event in ('due_on_time', 'moved_on_time_first')), 0)
        - coalesce(sum(n) filter (where event = 'moved_on_time'), 0)
    ) as bigint) as on_time_first,
    cast(round(coalesce(sum(n) filter (where event = 'due_on_time'), 0)) as bigint) as on_time_now
from events
where event in ('due_on_time', 'due_late', 'moved', 'moved_on_time', 'moved_on_time_first') and period > 0
group by all
