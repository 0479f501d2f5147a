-- One row per unit and side of a comparison (is_now, or the period before): cases received, and how many of them are faulty.
with counted as (
    select
        facts.unit_id,
        facts.day between $now_from and $now_to as is_now,
        facts.n * unit_now.weight as n,
        0 as faulty,
        unit_now.as_unit_id,
        facts.field_id,
        facts.channel
    from daily_events as facts
    join unit_now on unit_now.unit_id = facts.unit_id
    where facts.event = 'received'
        and (facts.day between $now_from and $now_to or facts.day between $before_from and $before_to)
    union all
    select
        cases.unit_id,
        cases.received_on between $now_from and $now_to as is_now,
        0 as n,
        unit_now.weight as faulty,
        unit_now.as_unit_id,
        cases.field_id,
        cases.channel
    from (select distinct case_id from case_faults) as faults
    join cases on cases.case_id = faults.case_id
    join unit_now on unit_now.unit_id = cases.unit_id
    where cases.received_on between $now_from and $now_to or cases.received_on between $before_from and $before_to
)
select
    unit.code as unit,
    counted.is_now,
    cast(round(sum(counted.n)) as bigint) as received,
    cast(round(sum(counted.faulty)) as bigint) as faulty
from counted
join units as unit on unit.unit_id = counted.as_unit_id
join units as root on root.unit_id = unit.root_id
join fields on fields.field_id = counted.field_id
where root.code = $root
    and unit.code in (select unnest($units))
    and ($all_fields or fields.code in (select unnest($fields)))
    and ($all_channels or counted.channel in (select unnest($channels)))
group by unit.code, counted.is_now
order by unit.code, counted.is_now
