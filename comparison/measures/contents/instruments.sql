-- One row per survey instrument and root that has answers to it: instrument, title, code of the root.
select distinct
    instruments.instrument,
    coalesce(instruments.title, instruments.instrument) as title,
    root.code as root
from survey_sheets
join instruments on instruments.instrument_id = survey_sheets.instrument_id
join units as unit on unit.unit_id = survey_sheets.unit_id
join units as root on root.unit_id = unit.root_id
order by 1, 3
