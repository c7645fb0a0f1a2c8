-- Finished training games and PPO updates in one table, with the original's columns.
-- Example: select game, final_floor, approx_kl from training_stats order by timestamp desc limit 10
select
    timestamp, run,
    row_number() over (partition by run order by game_id) as game,
    model_update as total_updates, steps, steps as transitions, total_reward,
    final_hp, final_max_hp, final_floor, final_act, victory,
    outcome <> 'unfinished' as terminated,
    null::double as pg_loss, null::double as vf_loss, null::double as entropy,
    null::double as normalized_entropy, worker,
    elites_fought, elites_won, bosses_fought, bosses_won,
    elites_fought_act1, elites_won_act1, bosses_fought_act1, bosses_won_act1,
    elites_fought_act2, elites_won_act2, bosses_fought_act2, bosses_won_act2,
    elites_fought_act3, elites_won_act3, bosses_fought_act3, bosses_won_act3,
    null::double as approx_kl, null::double as clip_fraction, null::double as explained_variance,
    null::double as mean_advantage, null::double as std_advantage,
    null::bigint as invalid_action_count, null::double as mean_chosen_action_prob,
    null::double as bc_loss, null::double as bc_coef, null::double as lr, null::double as ent_coef,
    null::varchar as auto_tune_action, null::boolean as early_stop,
    null::bigint as stale_rollouts, null::bigint as legacy_rollouts,
    null::bigint as skipped_rollouts, model_update::varchar as batch_model_updates,
    checkpoint_id as batch_checkpoint_ids
from games
union all by name
select
    timestamp, run, game, total_updates, null::integer as steps,
    total_transitions as transitions, mean_reward as total_reward,
    pg_loss, vf_loss, entropy, normalized_entropy, 'trainer' as worker,
    approx_kl, clip_fraction, explained_variance, mean_advantage, std_advantage,
    invalid_action_count, mean_chosen_action_prob, bc_loss, bc_coef, lr, ent_coef,
    auto_tune_action, early_stop, stale_rollouts, legacy_rollouts, skipped_rollouts,
    batch_model_updates, batch_checkpoint_ids
from updates
order by run, timestamp
