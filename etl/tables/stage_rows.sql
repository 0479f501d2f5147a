-- One row per accepted row of a kind. Key: kind, row_id. Several rows may be about one thing (`key_no`).
-- `arrival` is the order of loading, `version` that of extraction, in which a corrected row takes its original's place.
-- `showing` counts how often exports of one day have shown the same: a file of conflicting rows may be loaded again.
with placed as (
    select
        staged.kind, staged.row_id, staged.load_id, staged.row_no, staged.content,
        row_keys.rowid + 1 as key_no,
        load_.load_seq as arrival_seq,
        coalesce(original.load_seq, load_.load_seq) as load_seq,
        coalesce(original.extracted_on, load_.extracted_on) as extracted_on
    from staged
    join active_loads as load_ on load_.load_id = staged.load_id
    join load_sources on load_sources.load_id = staged.load_id
    join row_keys on row_keys.source_no = load_sources.source_no and row_keys.row_key = staged.row_key
    left join corrected_rows on corrected_rows.load_id = staged.load_id and corrected_rows.row_no = staged.row_no
    left join active_loads as original on original.load_id = corrected_rows.of_load
    where staged.is_accepted
),
several as (
    select
        key_no
    from placed
    group by key_no
    having count(*) > 1
)
select
    kind, row_id, key_no, load_id, row_no, load_seq, extracted_on, content,
    row_number() over (partition by key_no order by arrival_seq, row_no) as arrival,
    row_number() over by_extraction as version,
    lag(content) over by_extraction as content_before,
    lead(row_id) over by_extraction is null as is_last,
    row_number() over (partition by key_no, content, extracted_on order by arrival_seq, row_no) as showing
from placed
where key_no in (select key_no from several)
window by_extraction as (partition by key_no order by extracted_on, load_seq, arrival_seq, row_no)
union all
-- Most rows are the only one of their thing, and come before and after none.
select
    kind, row_id, key_no, load_id, row_no, load_seq, extracted_on, content,
    1 as arrival,
    1 as version,
    null as content_before,
    true as is_last,
    1 as showing
from placed
where key_no not in (select key_no from several)
