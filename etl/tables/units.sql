-- One row per unit of a root that has data, the root included. Key: unit_id; natural key: root, code.
with roots as (
    select distinct
        root
    from active_loads
),
known as (
    select
        code, name, kind, parent, root, valid_from, valid_to
    from reference_units
    where root in (select root from roots)
),
missing_roots as (
    select
        roots.root as code,
        roots.root as name,
        'district' as kind,
        cast(null as string) as parent,
        roots.root as root,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to
    from roots
    left join known on known.code = roots.root
    where known.code is null
),
registered as (
    select
        name as code,
        name,
        unit_kind as kind,
        root as parent,
        root,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to
    from registered_units
),
everything as (
    select * from known
    union all
    select * from missing_roots
    union all
    select * from registered
),
numbered as (
    select
        cast(row_number() over (order by root, code) as int) as unit_id,
        *
    from everything
)
select
    unit.unit_id,
    unit.code,
    unit.name,
    unit.root,
    unit.kind,
    parent.unit_id as parent_id,
    root.unit_id as root_id,
    unit.valid_from,
    unit.valid_to
from numbered as unit
left join numbered as parent on parent.root = unit.root and parent.code = unit.parent
left join numbered as root on root.root = unit.root and root.code = unit.root
