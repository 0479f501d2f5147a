-- One row per case that counts differently in two snapshots, or under another unit, field, procedure or channel.
-- old_* and new_* are what either says of it, null where it is missing there. The first reason that holds is a case's own;
-- reasons take turns, so that the first rows hold some of each.
with placed as (
    select
        cases.side, cases.case_id, cases.source, cases.case_key, cases.case_code,
        unit.code as unit, unit.name as unit_name,
        fields.code as field, fields.name as field_name,
        procedures.code as procedure, procedures.name as procedure_name,
        cases.channel,
        received_on, due_on, case when $on_time = 'first_due' then first_due_on end as first_due_on,
        finished_on, closed_on, vanished_on, status, outcome, conflicting_rows,
        cut_off, source_file, sheet, row_number,
        -- What decides where a case stands, beside its days: see case_events.
        row(is_faulty, is_received_only, outcome, vanished_on, due_on < cut_off, first_due_on < cut_off) as judgement,
        root.code = $root
            and unit.code in (select unnest(case cases.side when 'old' then $old_units else $new_units end))
            and ($all_fields or fields.code in (select unnest($fields)))
            and ($all_procedures or procedures.code in (select unnest($procedures)))
            and ($all_channels or cases.channel in (select unnest($channels)))
            as is_asked
    from cases
    join unit_now on unit_now.side = cases.side and unit_now.unit_id = cases.unit_id
    join units as unit on unit.side = cases.side and unit.unit_id = unit_now.as_unit_id
    join units as root on root.side = cases.side and root.unit_id = unit.root_id
    join procedures on procedures.side = cases.side and procedures.procedure_id = cases.procedure_id
    join fields on fields.side = cases.side and fields.field_id = cases.field_id
),
before as (
    select * from placed where side = 'old'
),
after as (
    select * from placed where side = 'new'
),
differing as materialized (
    select
        row_number() over () as pair,
        columns(before.*) as 'old_\0',
        columns(after.*) as 'new_\0',
        row(before.unit, before.field, before.procedure, before.channel, before.is_asked)
            is distinct from row(after.unit, after.field, after.procedure, after.channel, after.is_asked)
            as is_elsewhere,
        row(before.received_on, before.due_on, before.first_due_on, before.conflicting_rows)
            is distinct from row(after.received_on, after.due_on, after.first_due_on, after.conflicting_rows)
            as is_redated,
        row(before.finished_on, before.status) is distinct from row(after.finished_on, after.status)
            or before.vanished_on is distinct from after.vanished_on and after.outcome in ('open', 'awaiting')
            -- A day that a later cut-off alone gives or takes is no change of what was recorded.
            or coalesce(before.closed_on <> after.closed_on, false)
            as is_moved_on
    from before
    full join after on after.source = before.source and after.case_key = before.case_key
    where (before.is_asked or after.is_asked)
        and (is_elsewhere or is_redated or is_moved_on or before.judgement is distinct from after.judgement)
),
keys as (
    select pair, 'old' as side, old_case_id as case_id, -1 as sign from differing where old_is_asked
    union all
    select pair, 'new' as side, new_case_id as case_id, 1 as sign from differing where new_is_asked
),
happened as (
    select
        pair,
        sign,
        case when day >= $starts_on then event end as in_period,
        case event when 'stock_in' then sign when 'stock_out' then -sign else 0 end as stock,
        case event when 'overdue_in' then sign when 'overdue_out' then -sign else 0 end as overdue,
        $on_time = case
            when event like 'first_due_%' then 'first_due'
            when event like 'due_%' then 'due'
            when event like 'closed_%' then 'resolved'
        end as is_judged
    from case_events
    join keys on keys.side = case_events.side and keys.case_id = case_events.case_id
    where day <= $ends_on
),
counted as (
    select
        *,
        in_period in ('closed_early', 'closed_on_time', 'closed_late', 'closed_no_due', 'closed_faulty') as is_resolved,
        is_judged and in_period in ('due_on_time', 'first_due_on_time', 'closed_early', 'closed_on_time') as is_on_time,
        is_judged and in_period in ('due_late', 'first_due_late', 'closed_late') as is_late
    from happened
),
differences as (
    select
        pair,
        coalesce(sum(sign) filter (where in_period = 'received'), 0)::int as received,
        coalesce(sum(sign) filter (where is_resolved), 0)::int as resolved,
        coalesce(sum(sign) filter (where in_period = 'closed_early'), 0)::int as early,
        coalesce(sum(sign) filter (where in_period = 'closed_on_time'), 0)::int as on_time,
        coalesce(sum(sign) filter (where in_period = 'closed_late'), 0)::int as late_resolved,
        coalesce(sum(sign) filter (where is_on_time), 0)::int as judged_on_time,
        coalesce(sum(sign) filter (where is_on_time or is_late), 0)::int as judged,
        sum(stock)::int as in_progress,
        sum(overdue)::int as overdue_open,
        coalesce(sum(stock) filter (where sign = 1), 0) > 0
            or count(*) filter (where sign = 1 and (in_period = 'received' or is_resolved or is_on_time or is_late)) > 0
            as is_counted
    from counted
    group by pair
),
changed as (
    select
        coalesce(new_case_code, old_case_code) as case_code,
        *,
        case
            when old_case_id is null and new_received_on >= old_sources.cut_off then 'received_since'
            when old_case_id is null then 'arrived_late'
            when new_case_id is null or (old_vanished_on is null and new_vanished_on is not null) then 'vanished'
            when is_elsewhere then 'reclassified'
            when is_redated then 'corrected'
            when is_moved_on and old_outcome in ('open', 'awaiting') and old_finished_on is null
                and new_closed_on >= old_cut_off then 'progressed'
            when is_moved_on then 'corrected'
            else 'newly_judged'
        end as reason
    from differing
    join differences on differences.pair = differing.pair
    left join sources as old_sources on old_sources.side = 'old' and old_sources.source = new_source
    where is_elsewhere and is_counted
        or received <> 0 or resolved <> 0 or early <> 0 or on_time <> 0 or late_resolved <> 0
        or judged_on_time <> 0 or judged <> 0 or in_progress <> 0 or overdue_open <> 0
)
select
    case_code, reason, count(*) over (partition by reason) as in_reason,
    received, resolved, early, on_time, late_resolved, judged_on_time, judged, in_progress, overdue_open,
    columns('^(old|new)_(unit|field|procedure|channel|received|due|first|finished|closed|vanished|status|outcome)'),
    columns('^(old|new)_(conflicting_rows|cut_off|source_file|sheet|row_number)$')
from changed
order by row_number() over (partition by reason order by case_code, coalesce(new_source, old_source)), reason
limit $most
