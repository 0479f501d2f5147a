-- One row per decision that the usual level of a unit's measure starts anew. Key: measure, unit_id, month.
-- A root stands for every unit under it.
select
    reference_rebases.measure,
    units.unit_id,
    reference_rebases.month,
    reference_rebases.reason
from reference_rebases
join units on units.code = reference_rebases.unit
