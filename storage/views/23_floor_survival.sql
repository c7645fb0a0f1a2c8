-- The share of an evaluation's games that reached each floor.
-- Example: select floor, policy, share from floor_survival where floor in (17, 34, 51)
select
    run, evaluation_id, policy, model_update, games_collected, floors.floor,
    count(*) as games, count(*) filter (where final_floor >= floors.floor) as reached,
    avg((final_floor >= floors.floor)::integer) as share
from evaluations, (select unnest(range(1, 58))::integer as floor) as floors
group by run, evaluation_id, policy, model_update, games_collected, floors.floor
order by run, games_collected, policy, floors.floor
