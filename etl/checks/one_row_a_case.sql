-- Mỗi hồ sơ (nguồn, mã) chỉ có một dòng.
select
    source, case_code, count(*) as rows
from cases
group by source, case_code
having count(*) > 1
