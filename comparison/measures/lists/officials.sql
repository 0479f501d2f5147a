-- One row per unit and month of a period in which its staff is known: how many officials it has.
with months as (
    select unnest(generate_series(date_trunc('month', $starts_on), cast($ends_on as timestamp), interval 1 month)) as month
)
select
    unit.code as unit,
    strftime(months.month, '%Y-%m') as month,
    max_by(staff.officials, staff.month) as officials
from months
join staff on staff.month <= months.month
join units as unit on unit.unit_id = staff.unit_id
join units as root on root.unit_id = unit.root_id
where root.code = $root and unit.code in (select unnest($units))
group by unit.code, months.month
order by unit.code, months.month
