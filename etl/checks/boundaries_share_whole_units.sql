-- Mỗi đơn vị được chuyển trọn vẹn sang đơn vị hiện nay: tổng trọng số là 1.
select
    units.unit_id, coalesce(sum(unit_now.weight), 0) as weight
from units
left join unit_now on unit_now.unit_id = units.unit_id
group by units.unit_id
having abs(coalesce(sum(unit_now.weight), 0) - 1) > 0.000001
