-- One row per case, judged at its source's cut-off. Key: case_id; natural key: source, case_key.
with counted as (
    select
        last_rows.*,
        -- A single row is its own history.
        coalesce(histories.version_count, 1) as version_count,
        case when histories.case_id is null then last_rows.due_on else histories.first_due_on end as first_due_on,
        coalesce(histories.is_contradicted, false) as is_contradicted,
        load_.lone_before, load_.lone_after,
        sources.cut_off,
        last_rows.status in ('returned', 'withdrawn', 'refused', 'stopped') as is_closed_without_result,
        case
            when histories.case_id is null then last_rows.extracted_on
            when last_rows.status = 'returned' then histories.returned_seen_on
            when last_rows.status = 'withdrawn' then histories.withdrawn_seen_on
            when last_rows.status = 'refused' then histories.refused_seen_on
            when last_rows.status = 'stopped' then histories.stopped_seen_on
        end as label_seen_on
    from versions_cases as last_rows
    join active_loads as load_ on load_.load_id = last_rows.load_id
    join sources on sources.source = last_rows.source
    left join case_histories as histories on histories.case_id = last_rows.key_no
    where last_rows.is_last
),
tested as (
    select
        counted.*,
        coalesce(finished_on < received_on, false) as ended_before_received,
        coalesce(due_on < received_on, false) as due_before_received,
        received_on > cut_off as received_after_cutoff,
        coalesce(finished_on > cut_off, false) as finished_after_cutoff,
        coalesce(status = 'finished', false) and finished_on is null as finished_without_date,
        is_contradicted as conflicting_rows,
        coalesce(greatest(received_on, finished_on, handed_over_on) > lone_after, false) as lone_late_date,
        coalesce(least(received_on, finished_on, handed_over_on) < lone_before, false) as lone_early_date
    from counted
),
ended as (
    select
        tested.*,
        case
            when finished_after_cutoff and status in ('awaiting_supplement', 'awaiting_payment') then 'awaiting'
            when finished_after_cutoff then 'open'
            when is_closed_without_result then status
            when finished_on is not null or finished_without_date then 'finished'
            when status in ('awaiting_supplement', 'awaiting_payment') then 'awaiting'
            else 'open'
        end as outcome
    from tested
)
select
    ended.key_no as case_id,
    ended.source,
    ended.row_key as case_key,
    ended.case_code,
    ended.unit_id,
    ended.receiving_unit_id,
    ended.procedure_id,
    ended.field_id,
    ended.channel,
    ended.status,
    ended.outcome,
    ended.received_on,
    ended.received_at,
    ended.due_on,
    ended.first_due_on,
    ended.finished_on,
    ended.finished_at,
    ended.handed_over_on,
    case
        when ended.outcome = 'finished' then ended.finished_on
        when ended.outcome in ('open', 'awaiting') then cast(null as date)
        when ended.finished_on is not null then ended.finished_on
        else greatest(ended.label_seen_on, ended.received_on)
    end as closed_on,
    case when ended.outcome in ('open', 'awaiting') then vanished_cases.vanished_on end as vanished_on,
    ended.cut_off,
    ended.assisted_by,
    ended.apology_sent_on,
    ended.extension_count,
    ended.late_cause,
    ended.ended_before_received,
    ended.due_before_received,
    ended.received_after_cutoff,
    ended.finished_after_cutoff,
    ended.finished_without_date,
    ended.conflicting_rows,
    ended.lone_late_date,
    ended.lone_early_date,
    ended.ended_before_received or ended.due_before_received or ended.received_after_cutoff
        or ended.finished_after_cutoff or ended.finished_without_date or ended.conflicting_rows
        or ended.lone_late_date or ended.lone_early_date as is_faulty,
    ended.ended_before_received or ended.finished_without_date as is_received_only,
    ended.outcome in ('open', 'awaiting')
        and (newest_loads.extracted_on > ended.extracted_on
            or (newest_loads.extracted_on = ended.extracted_on and newest_loads.load_seq > ended.load_seq))
        as is_absent_from_newest,
    ended.version_count,
    ended.load_id,
    ended.source_file,
    ended.sheet,
    ended.row_number,
    ended.extracted_on
from ended
left join vanished_cases on vanished_cases.case_id = ended.key_no
left join newest_loads on newest_loads.source = ended.source and newest_loads.unit_id = ended.unit_id
