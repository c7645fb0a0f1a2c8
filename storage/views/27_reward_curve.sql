-- Mean reward per game by term, in the groups of training_curve.
-- Example: select term, avg(average_reward) from reward_curve group by term
with numbered as (
    select run, reward_by_term, row_number() over (partition by run order by game_id) as game,
        count(*) over (partition by run) as total
    from games
), ordered as (
    select *, 1 + (game - 1) * greatest(least(total, 10), least(200, total // 64)) // total as bin
    from numbered
), terms as (
    select run, bin, game, unnest(map_entries(reward_by_term), recursive := true) from ordered
)
select run, bin, max(game) as last_game, key as term, count(*) as games,
    avg(value) as average_reward
from terms
group by run, bin, key
order by run, bin, key
