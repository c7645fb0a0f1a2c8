-- Every decision of the promotion gate: candidate against the best so far, and the statistics.
-- Example: select timestamp, candidate_update, promoted, reason from promotion_history
select
    run, timestamp, evaluation, candidate_update, candidate_checkpoint_id, incumbent_update,
    incumbent_checkpoint_id, promoted, reason, games, seeds_hash, rules_version, ascension,
    confidence, mean_floor, win_rate, floor_difference, floor_difference_low,
    floor_difference_high, win_rate_difference, win_rate_difference_low, win_rate_difference_high,
    wins_only_incumbent, wins_only_candidate, mcnemar_p, required_games
from promotions
order by run, timestamp
