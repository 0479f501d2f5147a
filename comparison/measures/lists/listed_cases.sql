-- One row per case of a scope's root, units, fields, procedures and channels, with the names that a list of them shows.
select
    cases.*,
    unit.code as unit_code,
    unit.name as unit_name,
    procedures.name as procedure_name
from cases
join unit_now on unit_now.unit_id = cases.unit_id
join units as unit on unit.unit_id = unit_now.as_unit_id
join units as root on root.unit_id = unit.root_id
join procedures on procedures.procedure_id = cases.procedure_id
join fields on fields.field_id = cases.field_id
where root.code = $root
    and unit.code in (select unnest($units))
    and ($all_fields or fields.code in (select unnest($fields)))
    and ($all_procedures or procedures.code in (select unnest($procedures)))
    and ($all_channels or cases.channel in (select unnest($channels)))
