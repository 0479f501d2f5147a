-- One row per cell that keeps a row of a root's loads waiting, the newest load first.
select
    rejected_rows.source_file,
    rejected_rows.sheet,
    rejected_rows.row_number,
    rejected_rows.column_name,
    rejected_rows.value,
    rejected_rows.reason,
    rejected_rows.allowed,
    rejected_rows.remedy
from rejected_rows
join loads on loads.load_id = rejected_rows.load_id
where loads.root = $root and rejected_rows.settled_by is null
order by loads.load_seq desc, rejected_rows.sheet, rejected_rows.row_number, rejected_rows.column_name
