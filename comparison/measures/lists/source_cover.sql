-- One row per source of a root that runs: kind, covers_from, cut_off. A survey taken now and then covers no period wholly.
select
    sources.source,
    sources.kind,
    sources.covers_from,
    sources.cut_off
from sources
join units as root on root.unit_id = sources.root_id
where root.code = $root
    and sources.covers_from is not null
    and sources.source not in (
        select survey_sheets.source
        from survey_sheets
        join instruments on instruments.instrument_id = survey_sheets.instrument_id
        group by survey_sheets.source
        having not bool_or(instruments.is_per_case)
    )
order by sources.source
