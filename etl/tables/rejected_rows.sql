-- One row per cell that keeps a row out: unreadable when parsed, or unknown to the reference files today.
with unreadable as (
    select
        line.load_id, load_.source_file, line.sheet, line.row_number, line.column as column_name, line.value,
        line.reason, line.allowed, line.remedy
    from archived_rejections as line
    join active_loads as load_ on load_.load_id = line.load_id
),
unknown as (
    select
        load_id, source_file, root, sheet, row_number, reason, rejected_value
    from stage_cases
    where reason is not null
    union all
    select
        load_id, source_file, root, sheet, row_number, reason, rejected_value
    from stage_answers
    where reason is not null
)
select
    load_id, source_file, sheet, cast(row_number as bigint) as row_number, column_name, value, reason, allowed, remedy
from unreadable
union all
select distinct
    unknown.load_id,
    unknown.source_file,
    unknown.sheet,
    cast(unknown.row_number as bigint) as row_number,
    rejection_words.column_name,
    unknown.rejected_value as value,
    unknown.reason,
    coalesce(
        rejection_words.allowed || ' (gần nhất: ' || unknown_names.nearest || ')', rejection_words.allowed
    ) as allowed,
    rejection_words.remedy
from unknown
join rejection_words on rejection_words.reason = unknown.reason
left join unknown_names
    on unknown_names.kind = 'unit' and unknown.reason = 'unknown_unit'
    and unknown_names.root = unknown.root and unknown_names.name = unknown.rejected_value
