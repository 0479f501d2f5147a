-- One row per unit and unit that answers for it today. Key: unit_id, as_unit_id. The identity until boundaries change.
select
    unit_id,
    unit_id as as_unit_id,
    cast(1 as double) as weight
from units
