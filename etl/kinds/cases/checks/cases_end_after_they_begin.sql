-- Ngoài các dòng đã đánh dấu lỗi, không hồ sơ nào kết thúc trước khi tiếp nhận hoặc sau ngày chốt.
select
    case_id, source_file, row_number, received_on, closed_on, cut_off
from cases
where not is_faulty and (closed_on < received_on or closed_on > cut_off)
