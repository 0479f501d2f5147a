-- One row per active load with its row accounting: rows = layout + data; data = what its rows brought + rejected.
with fate_of_rows as (
    select
        load_id,
        row_no,
        min(case fate when 'new' then 1 when 'newer' then 2 when 'older' then 3 else 4 end) as fate
    from row_fates
    group by load_id, row_no
),
brought as (
    select
        load_id,
        sum(case when fate = 1 then 1 else 0 end) as new_rows,
        sum(case when fate = 2 then 1 else 0 end) as newer_rows,
        sum(case when fate = 3 then 1 else 0 end) as older_rows,
        sum(case when fate = 4 then 1 else 0 end) as unchanged_rows
    from fate_of_rows
    group by load_id
),
kept_out as (
    select
        load_id,
        count(*) as rejected_rows
    from (select distinct load_id, sheet, row_number from rejected_rows) as distinct_rows
    group by load_id
)
select
    load_.*,
    cast(coalesce(brought.new_rows, 0) as bigint) as new_rows,
    cast(coalesce(brought.newer_rows, 0) as bigint) as newer_rows,
    cast(coalesce(brought.older_rows, 0) as bigint) as older_rows,
    cast(coalesce(brought.unchanged_rows, 0) as bigint) as unchanged_rows,
    cast(coalesce(kept_out.rejected_rows, 0) as bigint) as rejected_rows
from active_loads as load_
left join brought on brought.load_id = load_.load_id
left join kept_out on kept_out.load_id = load_.load_id
