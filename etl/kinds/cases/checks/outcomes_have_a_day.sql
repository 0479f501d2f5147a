-- Hồ sơ đã kết thúc có ngày kết thúc; hồ sơ đang giải quyết thì không.
select
    case_id, source_file, row_number, outcome, closed_on
from cases
where (outcome in ('open', 'awaiting')) <> (closed_on is null) and not finished_without_date
