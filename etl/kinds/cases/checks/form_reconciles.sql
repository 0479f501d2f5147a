-- Đẳng thức biểu II.06: tiếp nhận = đã giải quyết + kết thúc không kết quả + đã biến mất + đang giải quyết + phần dư có lỗi.
select
    count(*) as received,
    sum(case when outcome = 'finished' and not is_received_only then 1 else 0 end) as resolved
from cases
having count(*) <>
    sum(case when is_received_only then 1 else 0 end)
    + sum(case when not is_received_only and least(closed_on, vanished_on) is not null then 1 else 0 end)
    + (
        select coalesce(sum(case event when 'stock_in' then n when 'stock_out' then -n end), 0)
        from daily_events
        where event in ('stock_in', 'stock_out')
    )
