-- One row per unit and place in the order of extraction in which a load shows it. Key: load_id, unit_id, load_seq. A load
-- that corrects rows stands where those stood.
select distinct
    source, unit_id, load_id, extracted_on, load_seq
from versions_cases
