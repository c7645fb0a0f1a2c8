-- What the auto-tuner did after each update, and the numbers that made it.
-- Example: select total_updates, auto_tune_action, approx_kl, lr from tuner_actions
select
    run, total_updates, timestamp, auto_tune_action, approx_kl, clip_fraction, normalized_entropy,
    early_stop, lr, ent_coef, bc_coef
from updates
order by run, total_updates
