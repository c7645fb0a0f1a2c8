-- One row per evaluated policy: the table of the reports, without intervals.
-- Example: select policy, model_update, average_floor, win_rate from evaluation_summary
select
    run, evaluation_id, evaluation, policy, checkpoint_id, model_update, games_collected,
    min(timestamp) as timestamp, any_value(reason) as reason, any_value(seeds_hash) as seeds_hash,
    count(*) as games, avg(final_floor) as average_floor,
    stddev_samp(final_floor) as floor_deviation, max(final_floor) as best_floor,
    avg(total_reward) as average_reward, avg(victory::integer) as win_rate,
    count(*) filter (where victory) as victories,
    avg((final_act >= 2 or victory)::integer) as act2_reach_rate,
    avg((final_act >= 3 or victory)::integer) as act3_reach_rate,
    avg((final_floor >= 20)::integer) as floor20_rate,
    sum(elites_fought) as elite_fights, sum(elites_won) as elite_wins,
    sum(bosses_fought) as boss_fights, sum(bosses_won) as boss_wins
from evaluations
group by run, evaluation_id, evaluation, policy, checkpoint_id, model_update, games_collected
order by timestamp, policy
