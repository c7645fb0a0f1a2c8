-- Every game of every fixed-seed evaluation, with the original's columns.
-- Example: select policy, seed, final_floor from eval_stats limit 5
select
    timestamp, evaluation as run, policy, checkpoint_id as model, seed, position + 1 as game, steps,
    total_reward, final_hp, final_max_hp, final_floor, final_act, victory,
    elites_fought, elites_won, bosses_fought, bosses_won,
    elites_fought_act1, elites_won_act1, bosses_fought_act1, bosses_won_act1,
    elites_fought_act2, elites_won_act2, bosses_fought_act2, bosses_won_act2,
    elites_fought_act3, elites_won_act3, bosses_fought_act3, bosses_won_act3,
    run as training_run, model_update, games_collected, reason, seeds_hash, rules_version,
    reward_by_term, outcome, evaluation_id, digest
from evaluations
order by timestamp, policy, position
