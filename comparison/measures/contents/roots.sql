-- One row per root with data: code, name, first covered day, and the earliest cut-off among its sources in use.
-- A survey that is not tied to cases is taken now and then; it says nothing of how far the other data reach.
with occasional as (
    select
        survey_sheets.source
    from survey_sheets
    join instruments on instruments.instrument_id = survey_sheets.instrument_id
    group by survey_sheets.source
    having not bool_or(instruments.is_per_case)
),
running as (
    select
        sources.*,
        occasional.source is null as is_running
    from sources
    left join occasional on occasional.source = sources.source
    where sources.covers_from is not null
)
select
    units.code,
    units.name,
    coalesce(min(running.covers_from) filter (where running.is_running), min(running.covers_from)) as covers_from,
    coalesce(
        min(running.cut_off) filter (where running.is_running and running.retired_on is null),
        max(running.cut_off)
    ) as cut_off
from running
join units on units.unit_id = running.root_id
group by units.code, units.name
order by units.name collate vi
