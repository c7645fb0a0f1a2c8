-- Where training games ended, by checkpoint.
-- Example: select floor, sum(deaths) from deaths_by_floor group by floor order by floor
select run, model_update, final_act as act, final_floor as floor, count(*) as deaths
from games
where outcome = 'death'
group by run, model_update, final_act, final_floor
order by run, model_update, floor
