-- One row per active load: the number of its source, in the order of kind and source. Key: load_id.
select
    load_id,
    dense_rank() over (order by kind, source) as source_no
from active_loads
