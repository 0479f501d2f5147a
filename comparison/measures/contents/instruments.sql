-- One row per survey instrument and root that has answers to it, in the order of the reference file.
select distinct
    instruments.instrument_id,
    root.code as root,
    instruments.instrument,
    coalesce(instruments.title, instruments.instrument) as title,
    instruments.scale,
    instruments.satisfied_from,
    instruments.is_per_case,
    instruments.is_derived,
    instruments.overall_item
from survey_sheets
join instruments on instruments.instrument_id = survey_sheets.instrument_id
join units as unit on unit.unit_id = survey_sheets.unit_id
join units as root on root.unit_id = unit.root_id
order by 1, 2
