-- One row per case behind a late share: its whole population, those late first, the latest of them on top.
select
    case_code,
    unit_name,
    procedure_name,
    received_on,
    held_to as due_on,
    finished_on,
    case
        when outcome = 'open' then 'overdue'
        when is_late then 'late'
        when finished_on = held_to then 'on_time'
        else 'early'
    end as state,
    case when is_late then last_day.working_day_no - due_day.working_day_no end as days_late,
    source_file,
    sheet,
    row_number,
    count(*) over () as in_all
from (
    select *, coalesce(finished_on > held_to, true) as is_late
    from (
        select *, case when $on_time = 'first_due' then first_due_on else due_on end as held_to
        from listed_cases
        where outcome in ('open', 'finished') and not is_faulty
    )
    where case
        when $on_time = 'resolved'
            then outcome = 'finished' and held_to is not null and finished_on between $starts_on and $ends_on
        else vanished_on is null and held_to < cut_off and held_to between $starts_on and $ends_on
    end
)
left join calendar as due_day on due_day.day = held_to
left join calendar as last_day on last_day.day = case when outcome = 'finished' then finished_on else cut_off end
order by is_late desc, days_late desc, outcome = 'open' desc, due_on, case_code
limit $most
