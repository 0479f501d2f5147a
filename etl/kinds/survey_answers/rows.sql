-- One row per readable answer of every active load of survey answers. Key: load_id, row_no, item.
-- Sheets of two instruments may bear the same number.
with judged as (
    select
        line.load_id, line.row_no, line.sheet, line.row_number,
        concat_ws('|', line.instrument, code_key(line.sheet_id), coalesce(line.item, '')) as row_key,
        code_key(line.sheet_id) as sheet_id, line.item, line.score, line.answered_on,
        code_key(line.case_code) as case_key,
        coalesce(line.channel, 'unknown') as channel,
        hash(line.score, line.answered_on, line.unit, line.field, line.channel, code_key(line.case_code)) as content,
        unit.unit_id,
        fields.field_id,
        instruments.instrument_id,
        case
            when unit.unit_id is null then 'unknown_unit'
            when instruments.instrument_id is null then 'unknown_instrument'
            when line.score not between instruments.lowest_score and instruments.highest_score then 'score_out_of_scale'
        end as reason,
        case reason
            when 'unknown_unit' then line.unit
            when 'unknown_instrument' then line.instrument
            when 'score_out_of_scale' then cast(line.score as string)
        end as rejected_value
    from archived_survey_answers as line
    join active_loads as load_ on load_.load_id = line.load_id
    left join unit_spellings as unit
        on unit.root = load_.root
        and unit.spelling = line.unit
        and line.answered_on between unit.valid_from and unit.valid_to
    left join field_spellings on field_spellings.spelling = line.field
    left join fields on fields.code = field_spellings.code
    left join instruments on instruments.instrument = line.instrument
),
rejected as (
    select distinct
        load_id, row_no
    from judged
    where reason is not null
)
select
    judged.*,
    rejected.row_no is null as is_accepted
from judged
left join rejected on rejected.load_id = judged.load_id and rejected.row_no = judged.row_no
