-- One row per source and unit: the place in the order of extraction of the newest file that covers the unit.
select
    source,
    unit_id,
    max(extracted_on) as extracted_on,
    max_by(load_seq, extracted_on) as load_seq
from (
    select
        source, unit_id, extracted_on, max(load_seq) as load_seq
    from load_units
    group by source, unit_id, extracted_on
) as files
group by source, unit_id
