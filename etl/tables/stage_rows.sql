-- One row per thing that a readable row is about (a case; an answer) and row. Key: load_id, row_no, row_key.
-- `arrival` is the order of loading, `version` that of extraction, in which a corrected row takes its original's place.
-- `showing` counts how often exports of one day have shown the same: a file of conflicting rows may be loaded again.
select
    load_id, load_seq, arrival_seq, extracted_on, row_no, source, kind, row_key, content, is_accepted,
    row_number() over (partition by kind, source, row_key order by arrival_seq, row_no) as arrival,
    row_number() over by_extraction as version,
    lag(content) over by_extraction as content_before,
    row_number() over (partition by kind, source, row_key, content, extracted_on order by arrival_seq, row_no) as showing
from staged
where is_accepted
window by_extraction as (
    partition by kind, source, row_key order by extracted_on, load_seq, arrival_seq, row_no
)
