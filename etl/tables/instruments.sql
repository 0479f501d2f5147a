-- One row per survey instrument, numbered in the order of its reference file. Key: instrument_id; natural key:
-- instrument.
select
    cast(row_number() over (order by place) as int) as instrument_id,
    instrument,
    title,
    scale,
    cast(split_part(scale, '-', 1) as double) as lowest_score,
    cast(split_part(scale, '-', 2) as double) as highest_score,
    satisfied_from,
    overall_item,
    overall_item is null as is_derived,
    per_case as is_per_case
from reference_instruments
