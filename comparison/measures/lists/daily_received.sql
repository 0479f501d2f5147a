-- One row per group and day: cases received, and cases finished.
select
    columns('^by_'),
    period,
    day,
    cast(round(coalesce(sum(n) filter (where event = 'received'), 0)) as bigint) as received,
    cast(round(coalesce(sum(n) filter (where event in (
        'closed_early', 'closed_on_time', 'closed_late', 'closed_no_due', 'closed_faulty')), 0)) as bigint) as resolved
from daily
where event in ('received', 'closed_early', 'closed_on_time', 'closed_late', 'closed_no_due', 'closed_faulty')
    and period > 0
group by all
