-- Số hồ sơ tồn của một đơn vị không bao giờ âm.
with changes as (
    select
        unit_id, day, sum(case event when 'stock_in' then n else -n end) as change
    from daily_events
    where event in ('stock_in', 'stock_out')
    group by unit_id, day
),
running as (
    select
        unit_id, day, sum(change) over (partition by unit_id order by day) as stock
    from changes
)
select
    unit_id, day, stock
from running
where stock < 0
