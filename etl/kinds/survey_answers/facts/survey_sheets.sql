-- One row per answer sheet of one instrument. Key: sheet_no; natural key: source, sheet_id, instrument_id.
-- A sheet belongs to the case of its code at its unit, where exactly one source knows such a case.
-- Where the instrument asks no overall question, the overall score is the mean of the items that the sheet answers.
with sheets as (
    select
        source, sheet_id, instrument_id,
        min(unit_id) as unit_id,
        min(field_id) as field_id,
        min(channel) as channel,
        min(answered_on) as answered_on,
        min(case_key) as case_key,
        min(load_id) as load_id,
        min(source_file) as source_file,
        min(row_number) as row_number
    from answer_rows
    group by source, sheet_id, instrument_id
),
known_cases as (
    select
        unit_id, case_key, min(case_id) as case_id, min(field_id) as field_id
    from cases
    where case_key in (select case_key from sheets)
    group by unit_id, case_key
    having count(*) = 1
),
overall as (
    select
        answer_rows.source, answer_rows.sheet_id, answer_rows.instrument_id,
        case
            when instruments.is_derived then avg(answer_rows.score)
            else max(case when answer_rows.item = instruments.overall_item then answer_rows.score end)
        end as score
    from answer_rows
    join instruments on instruments.instrument_id = answer_rows.instrument_id
    group by answer_rows.source, answer_rows.sheet_id, answer_rows.instrument_id, instruments.is_derived
)
select
    row_number() over (order by sheets.source, sheets.sheet_id, sheets.instrument_id) as sheet_no,
    sheets.source,
    sheets.sheet_id,
    sheets.instrument_id,
    sheets.unit_id,
    coalesce(sheets.field_id, known_cases.field_id, unknown_field.field_id) as field_id,
    sheets.channel,
    sheets.answered_on,
    overall.score as overall_score,
    overall.score >= instruments.satisfied_from as is_satisfied,
    known_cases.case_id,
    sheets.load_id,
    sheets.source_file,
    sheets.row_number
from sheets
join instruments on instruments.instrument_id = sheets.instrument_id
left join overall
    on overall.source = sheets.source and overall.sheet_id = sheets.sheet_id
    and overall.instrument_id = sheets.instrument_id
left join known_cases on known_cases.unit_id = sheets.unit_id and known_cases.case_key = sheets.case_key
cross join (select field_id from fields where code = 'khong-ro') as unknown_field
