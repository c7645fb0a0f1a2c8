-- Every fight of all games.
-- Example: select encounter, max(max_hit) from fight_detail group by encounter order by 2 desc
select
    timestamp, run, source, game_id, seed, floor, act, fight_type, encounter, monsters, hp_before,
    hp_after, max_hp, won, turns, steps, damage_taken, max_hit, block_gained
from fights
order by timestamp, game_id, fight
