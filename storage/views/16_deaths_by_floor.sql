-- Where training games ended, by checkpoint.
select run, model_update, final_act as act, final_floor as floor, count(*) as deaths
from games
where outcome = 'death'
group by run, model_update, final_act, final_floor
order by run, model_update, floor
