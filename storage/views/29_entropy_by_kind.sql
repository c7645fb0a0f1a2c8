-- Normalised entropy of the policy by kind of decision, in the groups of update_curve.
-- Example: select kind, avg(normalized_entropy) from entropy_by_kind group by kind
with ordered as (
    select run, total_updates, entropy_by_kind,
        ntile(300) over (partition by run order by total_updates) as bin
    from updates
), kinds as (
    select run, bin, total_updates, unnest(map_entries(entropy_by_kind), recursive := true)
    from ordered
)
select run, bin, max(total_updates) as last_update, key as kind,
    avg(value) filter (where not isnan(value)) as normalized_entropy
from kinds
group by run, bin, key
order by run, bin, key
