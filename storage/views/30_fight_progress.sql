-- Fights of training games by enemy in four quarters of the run: where it learns, where it does not.
-- Example: select encounter, quarter, win_rate from fight_progress where fight_type = 'boss'
with quarters as (
    select run, game_id, ntile(4) over (partition by run order by game_id) as quarter from games
)
select
    fights.run, quarters.quarter, fights.act, fights.fight_type, fights.encounter,
    count(*) as fights, count(*) filter (where fights.won) as won,
    avg(fights.won::integer) as win_rate, avg(fights.damage_taken) as average_damage
from fights
join quarters on quarters.run = fights.run and quarters.game_id = fights.game_id
where fights.source = 'training'
group by fights.run, quarters.quarter, fights.act, fights.fight_type, fights.encounter
order by fights.run, fights.act, fights.fight_type, fights.encounter, quarters.quarter
