-- One row per unit and month of the due date: of the cases received from a day on, those due and those of them on time.
select
    unit.code as unit,
    strftime(events.day, '%Y-%m') as month,
    count(*) filter (where events.event = 'due_on_time') as on_time,
    count(*) as due
from case_events as events
join unit_now on unit_now.unit_id = events.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
where events.event in ('due_on_time', 'due_late')
    and events.day between $since and $ends_on
    and events.received_on >= $since
    and root.code = $root
    and unit.code in (select unnest($units))
    and ($all_fields or events.field_id in (select field_id from fields where code in (select unnest($fields))))
    and ($all_procedures or events.procedure_id in (
        select procedure_id from procedures where code in (select unnest($procedures))
    ))
    and ($all_channels or events.channel in (select unnest($channels)))
group by all
