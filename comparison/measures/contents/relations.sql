-- One row per relation that measures may read and table that holds it, in the order in which they are tried.
select relation, table_name, is_monthly, has_procedures, is_shared_out, columns
from relations
order by relation, place
