-- Mỗi đơn vị áp dụng mô hình có ngày dự kiến hoặc ngày bắt đầu, và chỉ kết thúc sau khi bắt đầu.
select
    model_id, unit_id, planned_from, adopted_from, adopted_to
from adoptions
where (planned_from is null and adopted_from is null)
    or (adopted_to is not null and (adopted_from is null or adopted_to <= adopted_from))
