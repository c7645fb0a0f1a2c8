-- Refused rollouts by kind of reason (what stands before the colon).
-- Example: select reason, rollouts from rejections_by_reason
select
    run, split_part(reason, ':', 1) as reason, count(*) as rollouts,
    min(timestamp) as first_at, max(timestamp) as last_at, arg_max(reason, timestamp) as latest,
    arg_max(file, timestamp) as latest_file, avg(current_update - model_update) as average_lag
from rejections
group by run, split_part(reason, ':', 1)
order by run, rollouts desc, reason
