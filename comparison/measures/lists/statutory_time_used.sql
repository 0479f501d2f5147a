-- One row per group and tenth of the working days allowed that were taken, 21 for more than twice: how many cases.
-- What ends exactly on a bound belongs below it: the tenths up to 10 are the cases finished in time.
select
    columns('^by_'),
    period,
    least(greatest((days * 10 + days_allowed - 1) // days_allowed, 1), 21) as tenth,
    cast(round(sum(n)) as bigint) as n
from durations
where duration = 'taken' and days is not null and days_allowed > 0 and period > 0
group by all
