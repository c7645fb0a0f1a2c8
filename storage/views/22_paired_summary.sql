-- Paired differences of each evaluated policy in one row: what McNemar's test and the intervals need.
-- Example: select policy, baseline, floor_difference, better, worse from paired_summary
select
    run, evaluation_id, evaluation, policy, model_update, games_collected, baseline,
    count(*) as games, avg(floor_difference) as floor_difference,
    stddev_samp(floor_difference) as floor_deviation,
    avg(reward_difference) as reward_difference,
    count(*) filter (where floor_difference > 0) as better,
    count(*) filter (where floor_difference < 0) as worse,
    count(*) filter (where victory and baseline_victory) as wins_both,
    count(*) filter (where victory and not baseline_victory) as wins_only_policy,
    count(*) filter (where baseline_victory and not victory) as wins_only_baseline,
    count(*) filter (where not baseline_victory and not victory) as wins_neither
from paired_evaluation
group by run, evaluation_id, evaluation, policy, model_update, games_collected, baseline
order by run, games_collected, policy, baseline
