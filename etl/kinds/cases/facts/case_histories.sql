-- One row per case: what only the sequence of its rows tells. Key: source, case_key.
-- Rows of one file that agree on what the case is, each only adding to the one before or moving it on, are versions of it
-- (monthly exports glued together); others contradict each other.
with repeated as (
    select
        source, row_key, load_id
    from case_rows
    group by source, row_key, load_id
    having count(distinct content) > 1
),
followed as (
    select
        this.*,
        lag(this) over (partition by this.source, this.row_key, this.load_id order by this.row_no) as earlier
    from case_rows as this
    join repeated
        on repeated.source = this.source and repeated.row_key = this.row_key and repeated.load_id = this.load_id
),
contradicted as (
    select distinct
        source, row_key, load_id
    from followed
    where content <> earlier.content
        and not coalesce(
            received_on = earlier.received_on
            and unit_id = earlier.unit_id
            and procedure_id = earlier.procedure_id
            and field_id = earlier.field_id
            and (earlier.finished_on is null or finished_on = earlier.finished_on)
            and (earlier.handed_over_on is null or handed_over_on = earlier.handed_over_on)
            and (earlier.apology_sent_on is null or apology_sent_on = earlier.apology_sent_on)
            and (earlier.receiving_unit is null or receiving_unit = earlier.receiving_unit)
            and (earlier.assisted_by is null or assisted_by = earlier.assisted_by)
            and (earlier.late_cause is null or late_cause = earlier.late_cause)
            and (earlier.channel = 'unknown' or channel = earlier.channel)
            and (earlier.extension_count is null or extension_count >= earlier.extension_count)
            and (
                earlier.status is null
                or earlier.status in ('in_progress', 'awaiting_supplement', 'awaiting_payment')
                or status = earlier.status
            ),
            false
        )
)
select
    case_rows.source,
    case_rows.row_key as case_key,
    max(case_rows.version) as last_version,
    sum(case when case_rows.fate = 'unchanged' then 0 else 1 end) as version_count,
    min_by(case_rows.due_on, case_rows.version) filter (where case_rows.due_on is not null) as first_due_on,
    min(case when case_rows.status = 'returned' then case_rows.extracted_on end) as returned_seen_on,
    min(case when case_rows.status = 'withdrawn' then case_rows.extracted_on end) as withdrawn_seen_on,
    min(case when case_rows.status = 'refused' then case_rows.extracted_on end) as refused_seen_on,
    min(case when case_rows.status = 'stopped' then case_rows.extracted_on end) as stopped_seen_on,
    max_by(contradicted.load_id is not null, case_rows.version) as is_contradicted
from case_rows
left join contradicted
    on contradicted.source = case_rows.source and contradicted.row_key = case_rows.row_key
    and contradicted.load_id = case_rows.load_id
group by case_rows.source, case_rows.row_key
