-- Đơn vị tạo thành cây: mỗi đơn vị trừ gốc có cấp trên cùng gốc.
select
    unit.unit_id, unit.code
from units as unit
left join units as parent on parent.unit_id = unit.parent_id
where unit.root_id is null
    or (unit.unit_id <> unit.root_id and (parent.unit_id is null or parent.root_id <> unit.root_id))
