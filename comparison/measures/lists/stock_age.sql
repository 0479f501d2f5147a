-- One row per step of age, in working days since the day of receipt: how many cases of the stock at the end of the period.
with steps as (
    select
        unnest([0, 6, 11, 21, 31, 61, 121]) as age_from,
        unnest([5, 10, 20, 30, 60, 120, null]) as age_to
),
stock as (
    select
        greatest(last_day.working_day_no - first_day.working_day_no, 0) as age
    from cases
    join unit_now on unit_now.unit_id = cases.unit_id
    join units as unit on unit.unit_id = unit_now.as_unit_id
    join units as root on root.unit_id = unit.root_id
    join calendar as first_day on first_day.day = cases.received_on
    join calendar as last_day on last_day.day = least($ends_on, cases.cut_off)
    where cases.received_on <= $ends_on
        and not cases.is_received_only
        and coalesce(least(cases.closed_on, cases.vanished_on) > $ends_on, true)
        and root.code = $root
        and unit.code in (select unnest($units))
        and ($all_fields or cases.field_id in (select field_id from fields where code in (select unnest($fields))))
        and ($all_procedures or cases.procedure_id in (
            select procedure_id from procedures where code in (select unnest($procedures))
        ))
        and ($all_channels or cases.channel in (select unnest($channels)))
)
select
    steps.age_from,
    steps.age_to,
    count(*) as n
from stock
join steps on stock.age between steps.age_from and coalesce(steps.age_to, stock.age)
group by steps.age_from, steps.age_to
order by steps.age_from
