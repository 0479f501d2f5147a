-- Điểm của mỗi tiêu chí nằm trong thang điểm, và tiêu chí thuộc mô hình mà lần đánh giá xem xét.
select
    criterion_scores.review_id, criterion_scores.criterion_id, criterion_scores.unit_id, criterion_scores.score
from criterion_scores
left join reviews on reviews.review_id = criterion_scores.review_id
left join criteria on criteria.criterion_id = criterion_scores.criterion_id and criteria.model_id = reviews.model_id
where criteria.criterion_id is null
    or criterion_scores.score not between 0 and criteria.highest_score
