-- One row per review of a model. Key: review_id; natural key: code.
select
    cast(row_number() over (order by reference_reviews.held_on, reference_reviews.review) as int) as review_id,
    reference_reviews.review as code,
    models.model_id,
    reference_reviews.kind,
    reference_reviews.held_on,
    reference_reviews.title
from reference_reviews
join models on models.code = reference_reviews.model
