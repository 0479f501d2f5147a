-- Mỗi kết luận thuộc một lần đánh giá, và mỗi lần đánh giá thuộc một mô hình.
select
    conclusions.review_id, conclusions.number
from conclusions
left join reviews on reviews.review_id = conclusions.review_id
left join models on models.model_id = reviews.model_id
where models.model_id is null
