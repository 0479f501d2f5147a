-- One row per administrative procedure. Key: procedure_id; natural key: code.
with everything as (
    select
        code, name, field, working_days, sensitive as is_sensitive, false as is_registered
    from reference_procedures
    union all
    select
        name as code, name, cast(null as string) as field, cast(null as int) as working_days,
        false as is_sensitive, true as is_registered
    from registered_names
    where kind = 'procedure'
    union all
    select
        'khong-ro' as code, 'Không rõ thủ tục' as name, 'khong-ro' as field, cast(null as int) as working_days,
        false as is_sensitive, false as is_registered
)
select
    cast(row_number() over (order by everything.is_registered, everything.code) as int) as procedure_id,
    everything.code,
    everything.name,
    fields.field_id,
    everything.working_days,
    everything.is_sensitive,
    everything.is_registered
from everything
left join fields on fields.code = everything.field
