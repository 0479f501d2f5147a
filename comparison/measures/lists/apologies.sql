-- One row per group: cases finished late, those with an apology letter, those whose letter went out before the due day.
select
    columns('^by_'),
    period,
    cast(round(coalesce(sum(n) filter (where event = 'closed_late'), 0)) as bigint) as late,
    cast(round(coalesce(sum(n) filter (where event = 'apology_sent'), 0)) as bigint) as with_letter,
    cast(round(coalesce(sum(n) filter (where event = 'apology_before_due'), 0)) as bigint) as sent_before_due
from events
where event in ('closed_late', 'apology_sent', 'apology_before_due') and period > 0
group by all
