-- One row per unit and month from which it has so many officials, until its next row. Key: unit_id, month.
select
    units.unit_id,
    reference_staff.month,
    reference_staff.officials
from reference_staff
join units on units.code = reference_staff.unit
