-- Mỗi hồ sơ (nguồn, mã) chỉ có một dòng.
select
    source, case_key, count(*) as rows
from cases
group by source, case_key
having count(*) > 1
