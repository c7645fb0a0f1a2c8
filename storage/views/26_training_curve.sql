-- Training games in 10 to 200 groups of at least 64 if there are so many, in the order of play.
-- Example: select last_game, average_floor, win_rate from training_curve order by last_game
with numbered as (
    select *, row_number() over (partition by run order by game_id) as game,
        count(*) over (partition by run) as total
    from games
), ordered as (
    select *, 1 + (game - 1) * greatest(least(total, 10), least(200, total // 64)) // total as bin
    from numbered
)
select
    run, bin, min(game) as first_game, max(game) as last_game, count(*) as games,
    avg(final_floor) as average_floor, stddev_samp(final_floor) as floor_deviation,
    quantile_cont(final_floor, 0.1) as floor_p10, quantile_cont(final_floor, 0.9) as floor_p90,
    count(*) filter (where victory) as victories, avg(victory::integer) as win_rate,
    avg(total_reward) as average_reward,
    avg((final_act >= 2 or victory)::integer) as act2_reach_rate,
    avg((final_act >= 3 or victory)::integer) as act3_reach_rate,
    min(model_update) as first_update, max(model_update) as last_update, avg(steps) as average_steps
from ordered
group by run, bin
order by run, bin
