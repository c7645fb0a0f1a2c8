-- Mean reward per game by term, in the groups of training_curve.
-- Example: select term, avg(average_reward) from reward_curve group by term
with ordered as (
    select run, game_id, reward_by_term,
        row_number() over (partition by run order by game_id) as game,
        ntile(200) over (partition by run order by game_id) as bin
    from games
), terms as (
    select run, bin, game, unnest(map_entries(reward_by_term), recursive := true) from ordered
)
select run, bin, max(game) as last_game, key as term, count(*) as games,
    avg(value) as average_reward
from terms
group by run, bin, key
order by run, bin, key
