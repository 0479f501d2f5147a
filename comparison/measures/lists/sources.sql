-- One row per source of a root: what it covers, its cut-off, how many loads it has and when the last one came.
select
    sources.source,
    coalesce(sources.title, sources.source) as source_title,
    sources.kind,
    sources.covers_from,
    sources.cut_off,
    sources.retired_on,
    count(loads.load_id) as loads,
    max(loads.loaded_at) as last_loaded_at
from sources
join units as root on root.unit_id = sources.root_id
left join loads on loads.source = sources.source
where root.code = $root
group by all
order by sources.kind, source_title collate vi
