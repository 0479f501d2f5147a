-- One row per closing and length of time: working days taken, and working days late. Key: case_id, duration.
-- The days after the first day up to and including the last, by the working calendar. Closings left out have no days.
-- days_allowed: the working days that the due date gave, null where there is none.
with closings as (
    select
        cases.*,
        outcome = 'finished' and not is_faulty as is_timed,
        due_day.working_day_no - received_day.working_day_no as days_allowed
    from cases
    left join calendar as due_day on due_day.day = cases.due_on
    left join calendar as received_day on received_day.day = cases.received_on
    where coalesce(closed_on, case when is_received_only or finished_after_cutoff then finished_on end) is not null
),
lengths as (
    select
        closings.*, 'taken' as duration,
        case when is_timed then last_day.working_day_no - first_day.working_day_no end as days
    from closings
    left join calendar as last_day on last_day.day = closings.finished_on
    left join calendar as first_day on first_day.day = closings.received_on
    union all
    select
        closings.*, 'late' as duration,
        case when is_timed then last_day.working_day_no - first_day.working_day_no end as days
    from closings
    left join calendar as last_day on last_day.day = closings.finished_on
    left join calendar as first_day on first_day.day = closings.due_on
    where not is_timed or due_on is null or finished_on > due_on
)
select
    case_id, source, unit_id, field_id, procedure_id, channel, duration,
    coalesce(closed_on, finished_on) as day,
    cast(days as int) as days,
    cast(case when days is not null then days_allowed end as int) as days_allowed,
    1 as n
from lengths
