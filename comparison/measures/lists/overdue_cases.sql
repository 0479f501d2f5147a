-- One row per case in stock past its due day at the end of the period, the longest overdue first.
select
    case_code,
    unit_name,
    procedure_name,
    received_on,
    due_on,
    finished_on,
    case when is_absent_from_newest then 'absent' else 'overdue' end as state,
    last_day.working_day_no - due_day.working_day_no as days_late,
    source_file,
    sheet,
    row_number,
    count(*) over () as in_all
from listed_cases
left join calendar as due_day on due_day.day = due_on
left join calendar as last_day on last_day.day = least($ends_on, cut_off)
where not is_faulty
    and outcome <> 'awaiting'
    and due_on < cut_off
    and due_on < $ends_on
    and coalesce(least(closed_on, vanished_on) > $ends_on, true)
order by due_on, case_code
limit $most
