-- One row per case and fault of its version that counts. Key: case_id, fault.
select case_id, 'ended_before_received' as fault from cases where ended_before_received
union all
select case_id, 'due_before_received' as fault from cases where due_before_received
union all
select case_id, 'received_after_cutoff' as fault from cases where received_after_cutoff
union all
select case_id, 'finished_after_cutoff' as fault from cases where finished_after_cutoff
union all
select case_id, 'finished_without_date' as fault from cases where finished_without_date
union all
select case_id, 'conflicting_rows' as fault from cases where conflicting_rows
union all
select case_id, 'lone_late_date' as fault from cases where lone_late_date
union all
select case_id, 'lone_early_date' as fault from cases where lone_early_date
