-- At most one row: the target of a measure for a kind of unit in a year.
select
    target
from targets
where measure = $measure and unit_kind = $kind and year = $year
