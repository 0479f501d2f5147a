-- One row per open case due at the end of the period or within so many working days after it, the soonest first.
select
    case_code,
    unit_name,
    procedure_name,
    received_on,
    due_on,
    finished_on,
    case when is_absent_from_newest then 'absent' else 'open' end as state,
    cast(null as bigint) as days_late,
    source_file,
    sheet,
    row_number,
    count(*) over () as in_all
from listed_cases
join calendar as due_day on due_day.day = due_on
join calendar as last_day on last_day.day = least($ends_on, cut_off)
where not is_faulty
    and outcome <> 'awaiting'
    and received_on <= $ends_on
    and due_on >= least($ends_on, cut_off)
    and due_day.working_day_no <= last_day.working_day_no + $within
    and coalesce(least(closed_on, vanished_on) > $ends_on, true)
order by due_on, case_code
limit $most
