-- Bảng gộp tháng đếm đúng số phiếu, số phiếu hài lòng, số lượt trả kết quả và số lượt có phiếu.
with counted as (
    select
        (select count(*) from survey_sheets) as sheets,
        (select count(*) from survey_sheets where is_satisfied) as satisfied,
        (select count(*) from case_closings) as closings,
        (select count(*) from case_closings where has_sheet) as answered
),
monthly as (
    select
        (select coalesce(sum(n), 0) from monthly_sheets) as sheets,
        (select coalesce(sum(n), 0) from monthly_sheets where is_satisfied) as satisfied,
        (select coalesce(sum(n), 0) from monthly_closings) as closings,
        (select coalesce(sum(n), 0) from monthly_closings where has_sheet) as answered
)
select counted.*, monthly.*
from counted
cross join monthly
where counted.sheets <> monthly.sheets or counted.satisfied <> monthly.satisfied
    or counted.closings <> monthly.closings or counted.answered <> monthly.answered
