-- How many games of an evaluation reached each act, or won.
-- Example: select policy, stage, reached, games from act_reach
select
    run, evaluation_id, policy, model_update, games_collected, stages.stage, count(*) as games,
    count(*) filter (where case stages.stage
        when 'act 2' then final_act >= 2 or victory
        when 'act 3' then final_act >= 3 or victory
        else victory end) as reached
from evaluations, (select unnest(['act 2', 'act 3', 'victory']) as stage) as stages
group by run, evaluation_id, policy, model_update, games_collected, stages.stage
order by run, games_collected, policy, stages.stage
