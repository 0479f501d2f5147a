-- One row per unit with a faulty case: how many cases have each fault, whatever the period; in Vietnamese order.
select
    unit.code as unit,
    unit.name as unit_name,
    count(*) filter (where case_faults.fault = 'ended_before_received') as ended_before_received,
    count(*) filter (where case_faults.fault = 'due_before_received') as due_before_received,
    count(*) filter (where case_faults.fault = 'received_after_cutoff') as received_after_cutoff,
    count(*) filter (where case_faults.fault = 'finished_after_cutoff') as finished_after_cutoff,
    count(*) filter (where case_faults.fault = 'finished_without_date') as finished_without_date,
    count(*) filter (where case_faults.fault = 'conflicting_rows') as conflicting_rows,
    count(distinct cases.case_id) as cases
from case_faults
join cases on cases.case_id = case_faults.case_id
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
group by unit.code, unit.name
order by unit.name collate vi
