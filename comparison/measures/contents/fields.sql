-- One row per field that has a case: code, name, short name; in Vietnamese order.
select
    code,
    name,
    coalesce(short_name, name) as short_name
from fields
where field_id in (select distinct field_id from monthly_procedures)
order by name collate vi
