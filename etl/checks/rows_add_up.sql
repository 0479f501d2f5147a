-- Mỗi dòng của mỗi tệp đều có chỗ: dòng = bố cục + dữ liệu; dữ liệu = mới + mới hơn + cũ hơn + trùng + bị loại.
select
    load_id, source_file, rows, data_rows, new_rows, newer_rows, older_rows, unchanged_rows, rejected_rows
from loads
where rows <> data_rows + blank_rows + banner_rows + header_rows + group_rows + total_rows + signature_rows
        + note_rows
    or data_rows <> new_rows + newer_rows + older_rows + unchanged_rows + rejected_rows
