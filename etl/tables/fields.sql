-- One row per field of work. Key: field_id; natural key: code.
with everything as (
    select
        code, name, short_name, false as is_registered
    from reference_fields
    union all
    select
        name as code, name, name as short_name, true as is_registered
    from registered_names
    where kind = 'field'
    union all
    select
        'khong-ro' as code, 'Không rõ lĩnh vực' as name, 'Không rõ' as short_name, false as is_registered
)
select
    cast(row_number() over (order by is_registered, code) as int) as field_id,
    *
from everything
