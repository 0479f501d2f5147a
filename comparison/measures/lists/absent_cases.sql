-- One row per open case that the newest file of its source and unit no longer holds, the longest due first.
select
    case_code,
    unit_name,
    procedure_name,
    received_on,
    due_on,
    finished_on,
    'absent' as state,
    case when due_on < cut_off then last_day.working_day_no - due_day.working_day_no end as days_late,
    source_file,
    sheet,
    row_number,
    count(*) over () as in_all
from listed_cases
left join calendar as due_day on due_day.day = due_on
left join calendar as last_day on last_day.day = cut_off
where is_absent_from_newest and vanished_on is null
order by due_on nulls last, case_code
limit $most
