-- One row per readable answer of every active load of survey answers. Key: load_id, row_no, item.
-- Sheets of two instruments may bear the same number.
with placed as (
    select
        load_.load_id, load_.load_seq as arrival_seq, load_.source, load_.root, load_.source_file,
        -- A corrected row stands where the row that it corrects would have stood.
        coalesce(original.load_seq, load_.load_seq) as load_seq,
        coalesce(original.extracted_on, load_.extracted_on) as extracted_on,
        line.of_load, line.of_sheet, line.of_row,
        line.row_no, line.sheet, line.row_number,
        concat_ws('|', line.instrument, code_key(line.sheet_id), coalesce(line.item, '')) as row_key,
        code_key(line.sheet_id) as sheet_id, line.instrument, line.item, line.score, line.answered_on,
        line.unit, line.field, code_key(line.case_code) as case_key,
        coalesce(line.channel, 'unknown') as channel,
        md5(concat_ws('|',
            coalesce(cast(line.score as string), ''),
            coalesce(cast(line.answered_on as string), ''), coalesce(line.unit, ''), coalesce(line.field, ''),
            coalesce(line.channel, ''), coalesce(code_key(line.case_code), '')
        )) as content
    from archived_survey_answers as line
    join active_loads as load_ on load_.load_id = line.load_id
    left join active_loads as original on original.load_id = line.of_load
),
judged as (
    select
        placed.*,
        placed.sheet_id as row_code,
        unit.unit_id,
        fields.field_id,
        instruments.instrument_id,
        case
            when unit.unit_id is null then 'unknown_unit'
            when instruments.instrument_id is null then 'unknown_instrument'
            when placed.score not between instruments.lowest_score and instruments.highest_score then 'score_out_of_scale'
        end as reason
    from placed
    left join unit_spellings as unit
        on unit.root = placed.root
        and unit.spelling = placed.unit
        and placed.answered_on between unit.valid_from and unit.valid_to
    left join field_spellings on field_spellings.spelling = placed.field
    left join fields on fields.code = field_spellings.code
    left join instruments on instruments.instrument = placed.instrument
),
whole_rows as (
    select
        load_id,
        row_no,
        min(reason) as row_reason
    from judged
    group by load_id, row_no
)
select
    judged.*,
    whole_rows.row_reason is null as is_accepted,
    case judged.reason
        when 'unknown_unit' then judged.unit
        when 'unknown_instrument' then judged.instrument
        when 'score_out_of_scale' then cast(judged.score as string)
    end as rejected_value
from judged
join whole_rows on whole_rows.load_id = judged.load_id and whole_rows.row_no = judged.row_no
