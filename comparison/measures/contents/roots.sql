-- One row per root with data: code, name, first covered day, and the earliest cut-off among its sources in use.
select
    units.code,
    units.name,
    min(sources.covers_from) as covers_from,
    coalesce(min(sources.cut_off) filter (where sources.retired_on is null), max(sources.cut_off)) as cut_off
from sources
join units on units.unit_id = sources.root_id
where sources.covers_from is not null
group by units.code, units.name
order by units.name collate vi
