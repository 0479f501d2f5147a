-- One row per thing that accepted rows are about (a case; an answer): the number of its source, row_key. Rows lie in
-- this order, which is what numbers them.
select distinct
    load_sources.source_no,
    staged.row_key
from staged
join load_sources on load_sources.load_id = staged.load_id
where staged.is_accepted
order by load_sources.source_no, staged.row_key
