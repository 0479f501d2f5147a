-- One row per accepted row of a case. Key: load_id, row_no. `version` orders the rows of a case; the last counts.
select
    stage_cases.*,
    stage_rows.version,
    row_fates.fate
from stage_cases
join stage_rows
    on stage_rows.kind = 'cases'
    and stage_rows.load_id = stage_cases.load_id and stage_rows.row_no = stage_cases.row_no
join row_fates
    on row_fates.kind = 'cases'
    and row_fates.load_id = stage_cases.load_id and row_fates.row_no = stage_cases.row_no
