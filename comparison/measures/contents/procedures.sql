-- One row per procedure that has a case: code, name, code of its field; in Vietnamese order.
with used as (
    select
        procedure_id, max_by(field_id, n) as field_id
    from monthly_procedures
    group by procedure_id
)
select
    procedures.code,
    procedures.name,
    fields.code as field
from used
join procedures on procedures.procedure_id = used.procedure_id
join fields on fields.field_id = coalesce(procedures.field_id, used.field_id)
order by procedures.name collate vi
