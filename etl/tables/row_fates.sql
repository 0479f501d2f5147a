-- One row per accepted row of a kind: what it brought. Key: kind, row_id. `is_last`: the version that counts.
-- Where loads came in the order of their extraction, a row is compared with the version before it. Where they
-- did not, it is compared with what had been loaded when it came: the version before it, else the one after it.
with out_of_order as (
    select distinct
        key_no
    from stage_rows
    where arrival <> version
),
late_arrivals as (
    select
        this.key_no, this.arrival,
        max_by(earlier.content, earlier.version) filter (where earlier.version < this.version) as content_before,
        min_by(earlier.content, earlier.version) filter (where earlier.version > this.version) as content_after
    from stage_rows as this
    join out_of_order on out_of_order.key_no = this.key_no
    join stage_rows as earlier on earlier.key_no = this.key_no and earlier.arrival < this.arrival
    group by this.key_no, this.arrival
)
select
    this.kind,
    this.row_id,
    this.key_no,
    this.load_id,
    this.row_no,
    this.load_seq,
    this.extracted_on,
    this.version,
    this.is_last,
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
left join late_arrivals on late_arrivals.key_no = this.key_no and late_arrivals.arrival = this.arrival
