-- One row per source, unit, field, channel, instrument, month and whether satisfied (null: the overall item is not answered), with how many sheets.
select
    source, unit_id, field_id, channel, instrument_id, cast(date_trunc('month', answered_on) as date) as day, is_satisfied, count(*) as n
from survey_sheets
group by source, unit_id, field_id, channel, instrument_id, cast(date_trunc('month', answered_on) as date), is_satisfied
order by instrument_id, unit_id, day
