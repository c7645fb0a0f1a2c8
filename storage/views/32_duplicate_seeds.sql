-- Seeds that occur more than once in one evaluation, or among a run's training games.
-- Example: select * from duplicate_seeds
select run, 'evaluation' as source, evaluation_id, seed, count(*) as games
from evaluations
group by run, evaluation_id, seed
having count(*) > 1
union all
select run, 'training' as source, null as evaluation_id, seed, count(*) as games
from games
group by run, seed
having count(*) > 1
order by run, source, evaluation_id, seed
