-- One row per readable row of every active load of letters. Key: load_id, row_no.
with placed as (
    select
        load_.load_id, load_.load_seq as arrival_seq, load_.source, load_.root, load_.source_file,
        coalesce(original.load_seq, load_.load_seq) as load_seq,
        coalesce(original.extracted_on, load_.extracted_on) as extracted_on,
        line.of_load, line.of_sheet, line.of_row, line.row_no, line.sheet, line.row_number,
        code_key(line.letter_code) as row_code,
        code_key(line.letter_code) as row_key,
        line.unit, line.sent_on, line.answered_on, line.purpose, line.pages,
        md5(concat_ws('|',
            coalesce(line.unit, ''), coalesce(cast(line.sent_on as string), ''),
            coalesce(cast(line.answered_on as string), ''), coalesce(line.purpose, '')
        )) as content
    from archived_letters as line
    join active_loads as load_ on load_.load_id = line.load_id
    left join active_loads as original on original.load_id = line.of_load
)
select
    placed.*,
    unit.unit_id,
    unit.unit_id is not null and coalesce(placed.pages, 1) <= 10 as is_accepted,
    case when unit.unit_id is null then 'unknown_unit' when placed.pages > 10 then 'long_letter' end as reason,
    case when unit.unit_id is null then placed.unit else cast(placed.pages as string) end as rejected_value
from placed
left join unit_spellings as unit
    on unit.root = placed.root
    and unit.spelling = placed.unit
    and placed.sent_on between unit.valid_from and unit.valid_to
