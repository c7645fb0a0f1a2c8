-- Elite and boss fights of each evaluation by act: how many were fought and won.
-- Example: select policy, act, won, fought from fight_conversion where fight_type = 'boss'
select
    games.run, games.evaluation_id, games.policy, games.model_update, games.games_collected,
    fights.act, fights.fight_type, count(*) as fought,
    count(*) filter (where fights.won) as won
from evaluations as games
join fights on fights.run = games.run and fights.source = 'evaluation'
    and fights.game_id = games.evaluation_id || '/' || games.position
where fights.fight_type in ('elite', 'boss')
group by games.run, games.evaluation_id, games.policy, games.model_update, games.games_collected,
    fights.act, fights.fight_type
order by games.run, games.games_collected, games.policy, fights.act, fights.fight_type
