-- One row per case missing from a later complete export of its unit and span. Key: case_id.
-- A case whose row waits for a unit alias is not missing.
with waiting as (
    select distinct
        load_id, row_key
    from stage_cases
    where not is_accepted
)
select
    last_rows.key_no as case_id,
    min(load_.extracted_on) as vanished_on
from versions_cases as last_rows
join active_loads as load_
    on load_.source = last_rows.source
    and load_.is_complete
    and last_rows.received_on between load_.covers_from and load_.covers_to
    and (
        load_.extracted_on > last_rows.extracted_on
        or (load_.extracted_on = last_rows.extracted_on and load_.load_seq > last_rows.load_seq)
    )
join load_units on load_units.load_id = load_.load_id and load_units.unit_id = last_rows.unit_id
left join waiting on waiting.load_id = load_.load_id and waiting.row_key = last_rows.row_key
where last_rows.is_last and waiting.load_id is null
group by last_rows.key_no
