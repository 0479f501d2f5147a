-- Bảng gộp giờ tiếp nhận đếm đúng số hồ sơ có giờ.
with counted as (
    select count(*) as n from case_receipts
),
hourly as (
    select coalesce(sum(n), 0) as n from receipt_hours
)
select
    counted.n, hourly.n as hourly
from counted
cross join hourly
where hourly.n <> counted.n
