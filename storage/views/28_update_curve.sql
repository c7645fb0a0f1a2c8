-- PPO updates in up to 300 equal groups: mean, least and greatest of each metric.
-- Example: select last_update, kl, kl_max, clip_fraction from update_curve order by last_update
with ordered as (
    select *, ntile(300) over (partition by run order by total_updates) as bin from updates
)
select
    run, bin, min(total_updates) as first_update, max(total_updates) as last_update,
    count(*) as updates, max(total_transitions) as transitions,
    avg(approx_kl) as kl, min(approx_kl) as kl_min, max(approx_kl) as kl_max,
    avg(clip_fraction) as clip_fraction, min(clip_fraction) as clip_fraction_min,
    max(clip_fraction) as clip_fraction_max,
    avg(normalized_entropy) as normalized_entropy,
    min(normalized_entropy) as normalized_entropy_min,
    max(normalized_entropy) as normalized_entropy_max,
    avg(explained_variance) filter (where not isnan(explained_variance)) as explained_variance,
    min(explained_variance) filter (where not isnan(explained_variance)) as explained_variance_min,
    max(explained_variance) filter (where not isnan(explained_variance)) as explained_variance_max,
    avg(vf_loss) as value_loss, min(vf_loss) as value_loss_min, max(vf_loss) as value_loss_max,
    avg(mean_lag) as lag, min(mean_lag) as lag_min, max(max_lag) as lag_max,
    avg(lr) as lr, avg(ent_coef) as ent_coef, avg(bc_coef) as bc_coef,
    count(*) filter (where early_stop) as early_stops,
    avg(transitions / nullif(update_seconds, 0)) as transitions_per_second,
    avg(update_seconds) as update_seconds, avg(grad_norm) as grad_norm
from ordered
group by run, bin
order by run, bin
