-- How far the training games of each checkpoint came.
-- Example: select model_update, games, average_floor from floors_by_checkpoint
select
    run, model_update, checkpoint_id, count(*) as games, avg(final_floor) as average_floor,
    avg(victory::integer) as win_rate, avg(total_reward) as average_reward,
    avg((final_act >= 2 or victory)::integer) as act2_reach_rate,
    avg((final_floor >= 20)::integer) as floor20_rate
from games
group by run, model_update, checkpoint_id
order by run, model_update
