-- Every reward term of the training games: a term that is never paid is dead.
-- Example: select term from reward_health where nonzero_games = 0
with terms as (
    select run, unnest(map_entries(reward_by_term), recursive := true) from games
)
select
    run, key as term, count(*) as games, count(*) filter (where value <> 0) as nonzero_games,
    avg(value) as average, min(value) as least, max(value) as greatest,
    sum(abs(value)) / nullif(sum(sum(abs(value))) over (partition by run), 0) as share
from terms
group by run, key
order by run, key
