-- The newest sign of life of every worker, and how often it gave one.
-- Example: select worker, role, last_at from worker_beats
select
    run, worker, role, count(*) as beats, min(timestamp) as first_at, max(timestamp) as last_at,
    max(games) as games, max(model_update) as model_update,
    arg_max(decisions_per_second, timestamp) as decisions_per_second,
    arg_max(message, timestamp) as message
from beats
group by run, worker, role
order by run, last_at desc, worker, role
