-- Grain: one row a name that came with the data or with the reference files, whatever the root.
select distinct name
from (
    select name from units
    union all select unnest([name, short_name]) from fields
    union all select name from procedures
    union all select title from sources
    union all select unnest([title, overall_item]) from instruments
    union all select unnest([name, purpose, responsible]) from models
    union all select unnest([group_name, name]) from criteria
    union all select title from events
    union all select title from reviews
    union all select text from conclusions
    union all select reason from rebases
    union all select distinct item from survey_answers
    union all select late_cause from daily_late_causes
    union all select name from nearest_names
    union all select unnest([sheet, column_name, value, allowed, remedy]) from rejected_rows
)
where name is not null and name <> ''
order by name
