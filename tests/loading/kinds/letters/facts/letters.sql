-- One row per letter, as its last row shows it. Key: letter_key.
select
    row_key as letter_key, source, unit_id, sent_on as day, answered_on, purpose,
    answered_on is not null as is_answered,
    1 as n
from versions_letters
where is_last
