-- One row per case: what only the sequence of its rows tells. Key: source, case_code.
with files as (
    select
        source, row_key, load_id,
        count(distinct content) as contents
    from case_rows
    group by source, row_key, load_id
    having count(*) > 1
)
select
    case_rows.source,
    case_rows.row_key as case_code,
    max(case_rows.version) as last_version,
    sum(case when case_rows.fate = 'unchanged' then 0 else 1 end) as version_count,
    min_by(case_rows.due_on, case_rows.version) filter (where case_rows.due_on is not null) as first_due_on,
    min(case when case_rows.status = 'returned' then case_rows.extracted_on end) as returned_seen_on,
    min(case when case_rows.status = 'withdrawn' then case_rows.extracted_on end) as withdrawn_seen_on,
    min(case when case_rows.status = 'refused' then case_rows.extracted_on end) as refused_seen_on,
    min(case when case_rows.status = 'stopped' then case_rows.extracted_on end) as stopped_seen_on,
    max_by(coalesce(files.contents, 1), case_rows.version) as contents_in_last_file
from case_rows
left join files
    on files.source = case_rows.source and files.row_key = case_rows.row_key and files.load_id = case_rows.load_id
group by case_rows.source, case_rows.row_key
