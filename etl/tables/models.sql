-- One row per improvement model. Key: model_id; natural key: code.
select
    cast(row_number() over (order by code) as int) as model_id,
    code,
    name,
    purpose,
    responsible
from reference_models
