-- One row per day of the period, in order: whether it is worked, whether it is a public holiday, and why it is not worked.
select
    day,
    is_working,
    not is_working and (isodow(day) < 6 or coalesce(why, '') not in ('', 'cuối tuần')) as is_holiday,
    why
from calendar
where day between $starts_on and $ends_on
order by day
