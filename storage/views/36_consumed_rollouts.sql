-- Which training game went into which checkpoint.
-- Example: select model_update, count(*), avg(lag) from consumed_rollouts group by model_update
with eaten as (
    select run, model_update, checkpoint_id, unnest(consumed) as rollout_id from checkpoints
)
select
    eaten.run, eaten.model_update, eaten.checkpoint_id, eaten.rollout_id,
    games.model_update as played_by_update, eaten.model_update - 1 - games.model_update as lag,
    games.worker, games.seed, games.final_floor, games.settings_hash, games.rules_version
from eaten
left join games on games.run = eaten.run and games.game_id = eaten.rollout_id
order by eaten.run, eaten.model_update, eaten.rollout_id
