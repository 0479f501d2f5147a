-- One row per unit, month, purpose and whether answered, with how many letters.
select
    unit_id, cast(date_trunc('month', day) as date) as day, purpose, is_answered, count(*) as n
from letters
group by unit_id, cast(date_trunc('month', day) as date), purpose, is_answered
