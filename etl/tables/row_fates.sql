-- One row per readable row and thing that it is about: what it brought. Key: load_id, row_no, row_key.
-- Where loads came in the order of their extraction, a row is compared with the version before it. Where they
-- did not, it is compared with what had been loaded when it came: the version before it, else the one after it.
with out_of_order as (
    select distinct
        kind, source, row_key
    from stage_rows
    where arrival <> version
),
late_arrivals as (
    select
        this.kind, this.source, this.row_key, this.arrival,
        max_by(earlier.content, earlier.version) filter (where earlier.version < this.version) as content_before,
        min_by(earlier.content, earlier.version) filter (where earlier.version > this.version) as content_after
    from stage_rows as this
    join out_of_order
        on out_of_order.kind = this.kind and out_of_order.source = this.source and out_of_order.row_key = this.row_key
    join stage_rows as earlier
        on earlier.kind = this.kind and earlier.source = this.source and earlier.row_key = this.row_key
        and earlier.arrival < this.arrival
    group by this.kind, this.source, this.row_key, this.arrival
)
select
    this.load_id,
    this.row_no,
    this.kind,
    this.source,
    this.row_key,
    this.version,
    case
        when this.arrival = 1 then 'new'
        when this.showing > 1 then 'unchanged'
        when late_arrivals.arrival is null and this.content_before = this.content then 'unchanged'
        when late_arrivals.arrival is null then 'newer'
        when coalesce(late_arrivals.content_before, late_arrivals.content_after) = this.content then 'unchanged'
        when late_arrivals.content_after is null then 'newer'
        else 'older'
    end as fate
from stage_rows as this
left join late_arrivals
    on late_arrivals.kind = this.kind and late_arrivals.source = this.source
    and late_arrivals.row_key = this.row_key and late_arrivals.arrival = this.arrival
