-- One row per active load of a root, the newest first, with its row accounting.
select
    loads.load_id,
    loads.source_file,
    coalesce(sources.title, loads.source) as source_title,
    loads.kind,
    loads.loaded_at,
    loads.extracted_on,
    loads.covers_from,
    loads.covers_to,
    loads.rows,
    loads.rows - loads.data_rows as layout_rows,
    loads.banner_rows,
    loads.header_rows,
    loads.group_rows,
    loads.total_rows,
    loads.signature_rows,
    loads.note_rows,
    loads.blank_rows,
    loads.data_rows,
    loads.new_rows,
    loads.newer_rows,
    loads.older_rows,
    loads.unchanged_rows,
    loads.rejected_rows
from loads
left join sources on sources.source = loads.source
where loads.root = $root
order by loads.load_seq desc
