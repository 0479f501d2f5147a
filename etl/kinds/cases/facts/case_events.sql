-- One row per case and thing that happened to it on a day; every measure counts these. Key: case_id, event.
-- On the due axis a case without due date stands on the day it was received, so that it can be counted as left out.
with judged as (
    select
        cases.*,
        outcome in ('finished', 'open') and vanished_on is null and not is_faulty as is_timed,
        least(closed_on, vanished_on) as left_stock_on
    from cases
),
events as (
    select *, 'received' as event, received_on as day from judged
    union all
    select
        *,
        case
            when not is_timed or due_on is null or due_on >= cut_off then 'due_excluded'
            when outcome = 'finished' and finished_on <= due_on then 'due_on_time'
            else 'due_late'
        end as event,
        coalesce(due_on, received_on) as day
    from judged
    union all
    select
        *,
        case
            when not is_timed or first_due_on is null or first_due_on >= cut_off then 'first_due_excluded'
            when outcome = 'finished' and finished_on <= first_due_on then 'first_due_on_time'
            else 'first_due_late'
        end as event,
        coalesce(first_due_on, received_on) as day
    from judged
    union all
    -- The three below are of the cases due before the cut-off whose due date is not the first one seen.
    select *, 'moved' as event, due_on as day from judged where is_timed and due_on < cut_off and first_due_on <> due_on
    union all
    select
        *, 'moved_on_time' as event, due_on as day
    from judged
    where is_timed and due_on < cut_off and first_due_on <> due_on and finished_on <= due_on
    union all
    select
        *, 'moved_on_time_first' as event, due_on as day
    from judged
    where is_timed and due_on < cut_off and first_due_on <> due_on and finished_on <= first_due_on
    union all
    select
        *,
        case
            when is_faulty then 'closed_faulty'
            when due_on is null then 'closed_no_due'
            when finished_on < due_on then 'closed_early'
            when finished_on = due_on then 'closed_on_time'
            else 'closed_late'
        end as event,
        finished_on as day
    from judged
    where outcome = 'finished' and not is_received_only
    union all
    select
        *, 'apology_sent' as event, finished_on as day
    from judged
    where outcome = 'finished' and not is_faulty and finished_on > due_on and apology_sent_on is not null
    union all
    select
        *, 'apology_before_due' as event, finished_on as day
    from judged
    where outcome = 'finished' and not is_faulty and finished_on > due_on and apology_sent_on < due_on
    union all
    select
        *, 'closed_without_result' as event, closed_on as day
    from judged
    where outcome in ('returned', 'withdrawn', 'refused', 'stopped') and not is_received_only
    union all
    select
        *, 'closed_excluded' as event, finished_on as day
    from judged
    where finished_on is not null and (is_received_only or finished_after_cutoff)
    union all
    select
        *, 'stock_in' as event, received_on as day
    from judged
    where not is_received_only
    union all
    select
        *, 'stock_out' as event, greatest(left_stock_on, received_on) as day
    from judged
    where not is_received_only and left_stock_on is not null
    union all
    select
        *, 'overdue_in' as event, cast(due_on + interval '1' day as date) as day
    from judged
    where not is_faulty and outcome <> 'awaiting' and due_on < cut_off
        and (left_stock_on is null or left_stock_on > due_on)
    union all
    select
        *, 'overdue_out' as event, greatest(left_stock_on, cast(due_on + interval '1' day as date)) as day
    from judged
    where not is_faulty and outcome <> 'awaiting' and due_on < cut_off and left_stock_on > due_on
)
select
    case_id, source, unit_id, field_id, procedure_id, channel, event, day, received_on,
    1 as n
from events
