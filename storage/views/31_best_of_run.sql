-- The best checkpoint of every run: the last one that passed the promotion gate.
select
    run, candidate_update as model_update, candidate_checkpoint_id as checkpoint_id, timestamp,
    evaluation, games, seeds_hash, mean_floor, win_rate, floor_difference, floor_difference_low,
    floor_difference_high, reason
from promotions
where promoted
qualify row_number() over (partition by run order by timestamp desc) = 1
order by run
