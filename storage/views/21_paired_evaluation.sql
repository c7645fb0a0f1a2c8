-- Every evaluated game beside the same seed's game of the teacher and of the run's start.
-- Example: select baseline, avg(floor_difference) from paired_evaluation group by baseline
with ranked as (
    select *, row_number() over (
        partition by run, policy, seeds_hash, rules_version, ascension, seed
        order by timestamp desc, evaluation_id desc
    ) as age
    from evaluations
    where policy in ('teacher', 'clone', 'scratch')
)
select
    played.run, played.evaluation_id, played.evaluation, played.policy, played.model_update,
    played.games_collected, baseline.policy as baseline, played.position, played.seed,
    played.final_floor as floor, baseline.final_floor as baseline_floor,
    played.final_floor - baseline.final_floor as floor_difference,
    played.total_reward - baseline.total_reward as reward_difference,
    played.victory, baseline.victory as baseline_victory, played.seeds_hash
from evaluations as played
join ranked as baseline using (run, seeds_hash, rules_version, ascension, seed)
where baseline.age = 1 and played.policy <> baseline.policy and played.policy <> 'teacher'
order by played.run, played.games_collected, played.evaluation_id, baseline.policy, played.position
