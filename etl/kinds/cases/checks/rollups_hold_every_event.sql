-- Bảng gộp ngày và bảng gộp tháng đếm đúng số việc của bảng hồ sơ.
with counted as (
    select event, count(*) as n from case_events group by event
),
daily as (
    select event, sum(n) as n from daily_events group by event
),
monthly as (
    select event, sum(n) as n from monthly_procedures group by event
)
select
    counted.event, counted.n, daily.n as daily, monthly.n as monthly
from counted
left join daily on daily.event = counted.event
left join monthly on monthly.event = counted.event
where daily.n is distinct from counted.n or monthly.n is distinct from counted.n
