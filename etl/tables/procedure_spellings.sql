-- One row per way of writing a procedure's name in an export. Key: spelling.
with accepted as (
    select
        code, folded
    from procedure_names
    union all
    select
        name as code, folded
    from registered_names
    where kind = 'procedure'
)
select
    spellings.spelling,
    accepted.code
from (select distinct spelling, folded from spellings where kind = 'procedure') as spellings
join accepted on accepted.folded = spellings.folded
