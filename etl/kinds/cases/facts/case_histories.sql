-- One row per case that several rows are about: what only their sequence tells. Key: case_id.
-- Rows of one file that agree on what the case is, each only adding to the one before or moving it on, are versions of it
-- (monthly exports glued together); others contradict each other.
with several as (
    select
        key_no
    from versions_cases
    where version = 2
),
these as (
    select
        versions_cases.*
    from versions_cases
    join several on several.key_no = versions_cases.key_no
),
repeated as (
    select
        key_no, load_id
    from these
    group by key_no, load_id
    having count(distinct content) > 1
),
followed as (
    select
        this.*,
        lag(this) over (partition by this.key_no, this.load_id order by this.row_no) as earlier
    from these as this
    join repeated on repeated.key_no = this.key_no and repeated.load_id = this.load_id
),
contradicted as (
    select distinct
        key_no, load_id
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
    these.key_no as case_id,
    sum(case when these.fate = 'unchanged' then 0 else 1 end) as version_count,
    min_by(these.due_on, these.version) filter (where these.due_on is not null) as first_due_on,
    min(case when these.status = 'returned' then these.extracted_on end) as returned_seen_on,
    min(case when these.status = 'withdrawn' then these.extracted_on end) as withdrawn_seen_on,
    min(case when these.status = 'refused' then these.extracted_on end) as refused_seen_on,
    min(case when these.status = 'stopped' then these.extracted_on end) as stopped_seen_on,
    max_by(contradicted.load_id is not null, these.version) as is_contradicted
from these
left join contradicted on contradicted.key_no = these.key_no and contradicted.load_id = these.load_id
group by these.key_no
