-- One row per survey instrument and side of a comparison (is_now, or the period before) in which its sheets were answered.
select distinct
    instruments.instrument,
    survey_sheets.answered_on between $now_from and $now_to as is_now
from survey_sheets
join instruments on instruments.instrument_id = survey_sheets.instrument_id
join unit_now on unit_now.unit_id = survey_sheets.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
where root.code = $root
    and unit.code in (select unnest($units))
    and (
        survey_sheets.answered_on between $now_from and $now_to
        or survey_sheets.answered_on between $before_from and $before_to
    )
order by instruments.instrument, is_now
