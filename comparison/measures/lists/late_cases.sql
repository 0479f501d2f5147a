-- One row per case behind a late share: its whole population, those late first, the latest of them on top.
with placed as (
    select
        cases.*,
        case when $on_time = 'first_due' then cases.first_due_on else cases.due_on end as held_to
    from cases
    where cases.outcome in ('open', 'finished') and not cases.is_faulty
),
counted as (
    select
        placed.*,
        coalesce(placed.finished_on > placed.held_to, true) as is_late
    from placed
    where case
        when $on_time = 'resolved'
            then placed.outcome = 'finished' and placed.held_to is not null
                and placed.finished_on between $starts_on and $ends_on
        else placed.vanished_on is null and placed.held_to < placed.cut_off
            and placed.held_to between $starts_on and $ends_on
    end
)
select
    counted.case_code,
    unit.name as unit_name,
    procedures.name as procedure_name,
    counted.received_on,
    counted.held_to as due_on,
    counted.finished_on,
    case
        when counted.outcome = 'open' then 'overdue'
        when counted.is_late then 'late'
        when counted.finished_on = counted.held_to then 'on_time'
        else 'early'
    end as state,
    case when counted.is_late then last_day.working_day_no - due_day.working_day_no end as days_late,
    counted.source_file,
    counted.sheet,
    counted.row_number,
    count(*) over () as in_all
from counted
join unit_now on unit_now.unit_id = counted.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
join procedures on procedures.procedure_id = counted.procedure_id
join fields on fields.field_id = counted.field_id
left join calendar as due_day on due_day.day = counted.held_to
left join calendar as last_day
    on last_day.day = case when counted.outcome = 'finished' then counted.finished_on else counted.cut_off end
where root.code = $root
    and unit.code in (select unnest($units))
    and ($all_fields or fields.code in (select unnest($fields)))
    and ($all_procedures or procedures.code in (select unnest($procedures)))
    and ($all_channels or counted.channel in (select unnest($channels)))
order by counted.is_late desc, days_late desc, counted.outcome = 'open' desc, due_on, counted.case_code
limit $most
