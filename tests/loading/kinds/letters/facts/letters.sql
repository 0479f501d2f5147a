-- One row per letter, as its last row shows it. Key: letter_key.
with last_versions as (
    select
        source, row_key, max(version) as version
    from stage_rows
    where kind = 'letters'
    group by source, row_key
)
select
    stage_letters.row_key as letter_key, stage_letters.source, stage_letters.unit_id, stage_letters.sent_on as day,
    stage_letters.answered_on, stage_letters.purpose,
    stage_letters.answered_on is not null as is_answered,
    1 as n
from stage_letters
join stage_rows
    on stage_rows.kind = 'letters' and stage_rows.load_id = stage_letters.load_id
    and stage_rows.row_no = stage_letters.row_no
join last_versions
    on last_versions.source = stage_rows.source and last_versions.row_key = stage_rows.row_key
    and last_versions.version = stage_rows.version
