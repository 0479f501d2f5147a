-- One row per unit with a faulty case: how many cases have each fault, whatever the period; in Vietnamese order.
select
    unit_code as unit,
    unit_name,
    count(*) filter (where case_faults.fault = 'ended_before_received') as ended_before_received,
    count(*) filter (where case_faults.fault = 'due_before_received') as due_before_received,
    count(*) filter (where case_faults.fault = 'received_after_cutoff') as received_after_cutoff,
    count(*) filter (where case_faults.fault = 'finished_after_cutoff') as finished_after_cutoff,
    count(*) filter (where case_faults.fault = 'finished_without_date') as finished_without_date,
    count(*) filter (where case_faults.fault = 'conflicting_rows') as conflicting_rows,
    count(*) filter (where case_faults.fault = 'lone_late_date') as lone_late_date,
    count(*) filter (where case_faults.fault = 'lone_early_date') as lone_early_date,
    count(distinct listed_cases.case_id) as cases
from listed_cases
join case_faults on case_faults.case_id = listed_cases.case_id
group by unit_code, unit_name
order by unit_name collate vi
