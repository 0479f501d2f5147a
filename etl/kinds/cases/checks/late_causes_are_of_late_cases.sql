-- Nguyên nhân trễ chỉ ghi cho hồ sơ trễ, mỗi hồ sơ một nguyên nhân.
with late as (
    select unit_id, field_id, channel, day, sum(n) as n from daily_events where event = 'due_late' group by all
),
caused as (
    select unit_id, field_id, channel, day, sum(n) as n from daily_late_causes group by all
)
select
    caused.unit_id, caused.day, caused.n, late.n as late
from caused
left join late using (unit_id, field_id, channel, day)
where coalesce(late.n, 0) < caused.n
