-- One row per month of a period: its working days.
select
    strftime(day, '%Y-%m') as month,
    cast(count(*) filter (where is_working) as int) as days
from calendar
where day between $starts_on and $ends_on
group by all
order by month
