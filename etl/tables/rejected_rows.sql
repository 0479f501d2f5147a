-- One row per cell that keeps a row out: unreadable when parsed, or unknown to the reference files today.
-- `row_key`: the code of the row as codes are compared, null where it has none. `settled_by`: the load that corrected the
-- row, or brought the case later; null while it waits.
with unreadable as (
    select
        line.load_id, load_.source_file, load_.source, load_.kind, load_.load_seq, line.sheet, line.row_number,
        line.column as column_name, line.value, line.reason, line.allowed, line.remedy,
        code_key(kept.code) as row_key
    from archived_rejections as line
    join active_loads as load_ on load_.load_id = line.load_id
    left join archived_rejected as kept
        on kept.load_id = line.load_id and kept.sheet = line.sheet and kept.row_number = line.row_number
),
unknown as (
    select
        staged.load_id, load_.source_file, load_.source, load_.kind, load_.load_seq, load_.root,
        staged.sheet, staged.row_number, staged.reason, staged.rejected_value, staged.row_code as row_key
    from staged
    join active_loads as load_ on load_.load_id = staged.load_id
    where staged.reason is not null
),
everything as (
    select
        load_id, source_file, source, kind, load_seq, sheet, row_number, column_name, value, reason, allowed, remedy,
        row_key
    from unreadable
    union all
    select distinct
        unknown.load_id,
        unknown.source_file,
        unknown.source,
        unknown.kind,
        unknown.load_seq,
        unknown.sheet,
        unknown.row_number,
        rejection_words.column_name,
        unknown.rejected_value as value,
        unknown.reason,
        coalesce(
            rejection_words.allowed || ' (gần nhất: ' || unknown_names.nearest || ')', rejection_words.allowed
        ) as allowed,
        rejection_words.remedy,
        unknown.row_key
    from unknown
    join rejection_words on rejection_words.kind = unknown.kind and rejection_words.reason = unknown.reason
    left join unknown_names
        on unknown_names.kind = 'unit' and unknown.reason = 'unknown_unit'
        and unknown_names.root = unknown.root and unknown_names.name = unknown.rejected_value
),
accepted as (
    select
        load_.kind, load_.source, load_.load_seq, staged.load_id, staged.row_no, staged.row_code as row_key
    from staged
    join active_loads as load_ on load_.load_id = staged.load_id
    where staged.is_accepted
),
settled as (
    select
        everything.load_id, everything.sheet, everything.row_number,
        min(accepted.load_id) as settled_by
    from everything
    join corrected_rows
        on corrected_rows.of_load = everything.load_id and corrected_rows.of_sheet = everything.sheet
        and corrected_rows.of_row = everything.row_number
    join accepted on accepted.load_id = corrected_rows.load_id and accepted.row_no = corrected_rows.row_no
    group by everything.load_id, everything.sheet, everything.row_number
    union all
    select
        everything.load_id, everything.sheet, everything.row_number,
        min(accepted.load_id) as settled_by
    from everything
    join accepted
        on accepted.kind = everything.kind and accepted.source = everything.source
        and accepted.row_key = everything.row_key and accepted.load_seq > everything.load_seq
    group by everything.load_id, everything.sheet, everything.row_number
),
settled_rows as (
    select
        load_id, sheet, row_number, min(settled_by) as settled_by
    from settled
    group by load_id, sheet, row_number
)
select
    everything.load_id,
    everything.source,
    everything.source_file,
    everything.sheet,
    cast(everything.row_number as bigint) as row_number,
    everything.row_key,
    everything.column_name,
    everything.value,
    everything.reason,
    everything.allowed,
    everything.remedy,
    settled_rows.settled_by
from everything
left join settled_rows
    on settled_rows.load_id = everything.load_id and settled_rows.sheet = everything.sheet
    and settled_rows.row_number = everything.row_number
