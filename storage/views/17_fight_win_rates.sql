-- Win rate, damage and length of fights by encounter and act.
-- Example: select encounter, fights, win_rate from fight_win_rates order by deaths desc limit 10
select
    run, source, act, fight_type, encounter, count(*) as fights, avg(won::integer) as win_rate,
    avg(damage_taken) as average_damage, max(max_hit) as max_hit, avg(turns) as average_turns,
    count(*) filter (where not won) as deaths
from fights
group by run, source, act, fight_type, encounter
order by run, source, act, fight_type, encounter
