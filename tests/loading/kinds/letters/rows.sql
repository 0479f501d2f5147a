-- One row per readable row of every active load of letters. Key: load_id, row_no.
select
    line.load_id, line.row_no, line.sheet, line.row_number,
    code_key(line.letter_code) as row_key,
    line.sent_on, line.answered_on, line.purpose,
    hash(line.unit, line.sent_on, line.answered_on, line.purpose) as content,
    unit.unit_id,
    unit.unit_id is not null and coalesce(line.pages, 1) <= 10 as is_accepted,
    case when unit.unit_id is null then 'unknown_unit' when line.pages > 10 then 'long_letter' end as reason,
    case when unit.unit_id is null then line.unit else cast(line.pages as string) end as rejected_value
from archived_letters as line
join active_loads as load_ on load_.load_id = line.load_id
left join unit_spellings as unit
    on unit.root = load_.root
    and unit.spelling = line.unit
    and line.sent_on between unit.valid_from and unit.valid_to
