-- Bảng gộp ngày làm việc đếm đúng số lần kết thúc.
with counted as (
    select duration, count(*) as n, sum(days) as days, sum(days_allowed) as allowed
    from case_durations group by duration
),
monthly as (
    select duration, sum(n) as n, sum(n * days) as days, sum(n * days_allowed) as allowed
    from monthly_durations group by duration
)
select
    counted.duration, counted.n, monthly.n as monthly
from counted
left join monthly on monthly.duration = counted.duration
where monthly.n is distinct from counted.n or monthly.days is distinct from counted.days
    or monthly.allowed is distinct from counted.allowed
