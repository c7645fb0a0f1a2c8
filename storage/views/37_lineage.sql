-- From each evaluated result to its checkpoint, that one's parent, rollouts, settings and rules.
-- Example: select evaluation_id, checkpoint_id, parent, settings_hash, rules_version from lineage
with chain as (
    select *, sum(rollouts_consumed) over (
        partition by run order by model_update
    )::bigint as rollouts_in_all
    from checkpoints
), played as (
    select run, evaluation_id, any_value(rules_version) as rules_version
    from evaluations
    group by run, evaluation_id
)
select
    summary.run, summary.evaluation_id, summary.evaluation, summary.policy, summary.model_update,
    summary.games, summary.average_floor, summary.win_rate, summary.checkpoint_id,
    chain.parent, chain.created_at, chain.rollouts_consumed, chain.rollouts_in_all,
    chain.settings_hash, played.rules_version, chain.layout_version, summary.seeds_hash
from evaluation_summary as summary
join played on played.run = summary.run and played.evaluation_id = summary.evaluation_id
left join chain on chain.run = summary.run and chain.checkpoint_id = summary.checkpoint_id
order by summary.run, summary.games_collected, summary.policy
