-- One row per way of writing a field's name in an export. Key: spelling.
with accepted as (
    select
        code, folded
    from field_names
    union all
    select
        name as code, folded
    from registered_names
    where kind = 'field'
)
select
    spellings.spelling,
    accepted.code
from (select distinct spelling, folded from spellings where kind = 'field') as spellings
join accepted on accepted.folded = spellings.folded
