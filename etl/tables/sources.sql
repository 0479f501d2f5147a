-- One row per source system that has an active load that tells its day, with the days that it covers. Key: source.
with covered as (
    select
        source,
        min(kind) as kind,
        min(root) as root,
        min(covers_from) as covers_from,
        max(extracted_on) as cut_off
    from active_loads
    where extracted_on is not null
    group by source
)
select
    covered.source,
    coalesce(reference_sources.title, covered.source) as title,
    covered.kind,
    units.unit_id as root_id,
    covered.covers_from,
    covered.cut_off,
    reference_sources.retired_on
from covered
join units on units.root = covered.root and units.code = covered.root
left join reference_sources on reference_sources.source = covered.source
