-- Mỗi đơn vị áp dụng một mô hình chỉ một dòng, mỗi lần đánh giá cho một đơn vị một điểm mỗi tiêu chí.
select
    'adoptions' as table_name, model_id, unit_id
from adoptions
group by model_id, unit_id
having count(*) > 1
union all
select
    'criterion_scores' as table_name, criterion_id as model_id, unit_id
from criterion_scores
group by review_id, criterion_id, unit_id
having count(*) > 1
