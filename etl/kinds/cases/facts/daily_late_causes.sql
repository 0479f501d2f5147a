-- One row per source, unit, field, procedure, channel, due day and recorded cause, with how many late cases have it.
select
    events.source,
    events.unit_id,
    events.field_id,
    events.procedure_id,
    events.channel,
    events.day,
    cases.late_cause,
    count(*) as n
from case_events as events
join cases on cases.case_id = events.case_id
where events.event = 'due_late' and cases.late_cause <> ''
group by
    events.source, events.unit_id, events.field_id, events.procedure_id, events.channel, events.day, cases.late_cause
order by events.unit_id, events.day
