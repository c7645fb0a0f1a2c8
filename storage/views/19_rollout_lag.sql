-- How old the rollouts of each update were, and how many were refused.
-- Example: select total_updates, mean_lag, max_lag from rollout_lag
select
    run, total_updates, timestamp, games, transitions, mean_lag, max_lag, stale_rollouts,
    skipped_rollouts
from updates
order by run, total_updates
