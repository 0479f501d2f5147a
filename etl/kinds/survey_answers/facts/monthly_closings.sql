-- One row per source, unit, field, procedure, channel, instrument, month and whether people answered, with how many closings.
select
    source, unit_id, field_id, procedure_id, channel, instrument_id, cast(date_trunc('month', day) as date) as day, has_sheet, count(*) as n
from case_closings
group by source, unit_id, field_id, procedure_id, channel, instrument_id, cast(date_trunc('month', day) as date), has_sheet
order by instrument_id, unit_id, day
