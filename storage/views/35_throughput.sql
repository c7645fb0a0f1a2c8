-- Decisions per second of all collectors, minute by minute.
-- Example: select minute, decisions_per_second from throughput order by minute
with by_worker as (
    select run, worker, date_trunc('minute', timestamp) as minute,
        avg(decisions_per_second) as decisions_per_second, max(games) as games
    from beats
    where role = 'collector'
    group by run, worker, date_trunc('minute', timestamp)
)
select run, minute, count(*) as workers, sum(decisions_per_second) as decisions_per_second,
    max(games) as games
from by_worker
group by run, minute
order by run, minute
