-- One row per closed case and instrument that asks people case by case at its root, with whether they answered. Key: case_id, instrument_id.
select
    cases.case_id,
    cases.source,
    cases.unit_id,
    cases.field_id,
    cases.procedure_id,
    cases.channel,
    asked.instrument_id,
    cases.closed_on as day,
    answered.case_id is not null as has_sheet,
    1 as n
from cases
join units as placed on placed.unit_id = cases.unit_id
join (
    select distinct units.root_id, survey_sheets.instrument_id
    from survey_sheets
    join units on units.unit_id = survey_sheets.unit_id
    join instruments on instruments.instrument_id = survey_sheets.instrument_id
    where instruments.is_per_case
) as asked on asked.root_id = placed.root_id
left join (select distinct case_id, instrument_id from survey_sheets) as answered
    on answered.case_id = cases.case_id and answered.instrument_id = asked.instrument_id
where not cases.is_received_only and cases.closed_on is not null
