-- One row per open case due at the end of the period or within so many working days after it, the soonest first.
select
    cases.case_code,
    unit.name as unit_name,
    procedures.name as procedure_name,
    cases.received_on,
    cases.due_on,
    cases.finished_on,
    case when cases.is_absent_from_newest then 'absent' else 'open' end as state,
    cast(null as bigint) as days_late,
    cases.source_file,
    cases.sheet,
    cases.row_number,
    count(*) over () as in_all
from cases
join unit_now on unit_now.unit_id = cases.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
join procedures on procedures.procedure_id = cases.procedure_id
join fields on fields.field_id = cases.field_id
join calendar as due_day on due_day.day = cases.due_on
join calendar as last_day on last_day.day = least($ends_on, cases.cut_off)
where not cases.is_faulty
    and cases.outcome <> 'awaiting'
    and cases.received_on <= $ends_on
    and cases.due_on >= least($ends_on, cases.cut_off)
    and due_day.working_day_no <= last_day.working_day_no + $within
    and coalesce(least(cases.closed_on, cases.vanished_on) > $ends_on, true)
    and root.code = $root
    and unit.code in (select unnest($units))
    and ($all_fields or fields.code in (select unnest($fields)))
    and ($all_procedures or procedures.code in (select unnest($procedures)))
    and ($all_channels or cases.channel in (select unnest($channels)))
order by cases.due_on, cases.case_code
limit $most
