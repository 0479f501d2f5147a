-- One row per root, way of writing a unit's name in an export, and unit that it means. Key: root, spelling, valid_from.
with accepted as (
    select
        root, code, folded, valid_from, valid_to
    from unit_names
    union all
    select
        root, name as code, folded, cast(null as date) as valid_from, cast(null as date) as valid_to
    from registered_units
)
select
    spellings.root,
    spellings.spelling,
    units.unit_id,
    coalesce(accepted.valid_from, cast('0001-01-01' as date)) as valid_from,
    coalesce(accepted.valid_to, cast('9999-12-31' as date)) as valid_to
from spellings
join accepted on accepted.root = spellings.root and accepted.folded = spellings.folded
join units on units.root = accepted.root and units.code = accepted.code
where spellings.kind = 'unit'
