-- Elite and boss fights of all games, with the original's columns.
-- Example: select encounter, avg(won::int) from fight_stats group by encounter
select
    timestamp, run, source, game_id, seed, floor, act, fight_type, room_type, encounter, monsters,
    hp_before, hp_after, max_hp, won, ended_by
from fights
where fight_type in ('elite', 'boss')
order by timestamp, game_id, fight
