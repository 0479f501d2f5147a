-- One row per code of a file, in its order: as codes are compared, and whether an archived row of the loads in question
-- bears it. Key: place.
with keys as (
    select
        place, code_key(code) as row_key
    from given
),
known as (
    select distinct
        code_key(code) as row_key
    from archived_codes
    where code_key(code) in (select row_key from keys)
)
select
    keys.row_key,
    known.row_key is not null as is_known
from keys
left join known on known.row_key = keys.row_key
order by keys.place
