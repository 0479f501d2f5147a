-- One row per measure, kind of unit and year that a target is set for. Key: measure, unit_kind, year.
select
    measure,
    unit_kind,
    year,
    target
from reference_targets
