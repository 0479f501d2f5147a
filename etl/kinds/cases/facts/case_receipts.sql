-- One row per case whose export says at what time it was received. Key: case_id. Midnight is a day without a time.
select
    cases.case_id,
    cases.unit_id,
    cases.field_id,
    cases.procedure_id,
    cases.channel,
    cases.received_on as day,
    calendar.weekday,
    cast(extract(hour from cases.received_at) as int) as hour,
    1 as n
from cases
join calendar on calendar.day = cases.received_on
where cases.received_at > cast(cases.received_on as timestamp)
