"""The pages as files: empty, half-finished, hostile and huge projects, without a browser."""

import html
import json
import re

import altair as alt
import pytest

from ascension.statistics import wilson
from dashboards import charts, evaluated, health, page_overview, replays, site, theme, winning
from dashboards.source import literal, opened, plain
from storage import Store, database, facts
from storage.errors import DatabaseMissing, InvalidQuery
from tests.dashboards import projects
from tests.storage import samples

PAGES = [slug for slug, _ in site.NAVIGATION]
MOST_BYTES = 3_000_000


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "data")


def pages(built):
    return {name: (built.index.parent / f"{name}.html").read_text("utf-8") for name in PAGES}


def specifications(text):
    found = re.findall(r'<script type="application/json" id="[^"]*-specification">(.*?)<', text)
    return [json.loads(one) for one in found]


def test_an_empty_project_has_all_pages_and_each_says_what_to_run(store):
    database.refresh(store)
    built = site.build(store, "main")
    for name, text in pages(built).items():
        assert "<code>ascension " in text, name
        assert specifications(text) == [], name
    assert built.headline == "Nothing has been evaluated yet."


def test_a_missing_database_is_refused_with_what_to_run(store):
    with pytest.raises(DatabaseMissing, match="ascension local"):
        site.build(store, "main")


def test_a_database_that_is_none_is_refused(store):
    store.root.mkdir(parents=True)
    store.database.write_bytes(b"not a database" * 100)
    with pytest.raises(InvalidQuery, match="cannot be opened as a database"):
        site.build(store, "main")


def test_a_half_finished_run_shows_what_there_is(store):
    projects.made_up_games(store, 70)
    database.refresh(store)
    built = site.build(store, "main")
    shown = pages(built)
    assert specifications(shown["training"])
    assert "There was no PPO update yet." in shown["training"]
    assert "No policy has played the fixed seeds yet." in shown["evaluation"]


def test_a_game_whose_weights_are_gone_is_named_and_not_shown(store):
    projects.made_up_evaluation(store, games=100, update=3, seeds=3)
    database.refresh(store)
    built = site.build(store, "main", replays=2)
    assert built.replays == 0
    assert "no checkpoint of update 3" in built.problems[0]
    assert "no checkpoint of update 3" in pages(built)["decisions"]


def test_a_game_that_ends_otherwise_than_recorded_is_not_shown(project, tmp_path):
    with opened(project.store, project.run) as source:
        newest = max(evaluated.newest_policies(source), key=lambda policy: policy.update)
        (wanted,) = replays.chosen_games(source, newest.evaluation_id, 1)
        other = replays.Wanted(
            **{n: getattr(wanted, n) for n in wanted.__slots__} | {"digest": "x"}
        )
        (problem,) = replays.write_replays(source, tmp_path, [other])
    assert "ended on floor" in problem
    assert not list(tmp_path.rglob("*.js"))


HOSTILE = "</script><img src=x onerror=alert(1)>'\"&"


def test_markup_and_quotes_in_names_are_escaped_everywhere(store):
    projects.made_up_evaluation(store, games=9, policy=HOSTILE.replace("/", ""), seeds=3)
    row = {"run": "main", "model_update": 1, "current_update": 1, "file": HOSTILE}
    row |= {"rollout_id": "r", "timestamp": projects.START, "reason": HOSTILE}
    facts.append(store, "rejections", "main", [row])
    beat = {"run": "main", "worker": HOSTILE, "role": "collector", "timestamp": projects.START}
    beat |= {"model_update": 1, "games": 1, "decisions_per_second": 1.0, "message": HOSTILE}
    facts.append(store, "beats", "main", [beat])
    database.refresh(store)
    for name, text in pages(site.build(store, "main", replays=0)).items():
        assert "<img" not in text, name
        assert html.escape(HOSTILE)[:20] in text or name not in ("health",)


def test_sql_literals_keep_their_quotes(store):
    database.refresh(store)
    with opened(store, "it's") as source:
        assert source.value("select {run}") == "it's"
    assert literal(7) == "7"


def test_ten_thousand_evaluations_stay_small(store):
    projects.many_evaluations(store, 10_000)
    projects.made_up_games(store, 6_000)
    database.refresh(store)
    built = site.build(store, "main", replays=0)
    for name, text in pages(built).items():
        assert len(text.encode()) < MOST_BYTES / 4, name
        for specification in specifications(text):
            rows = sum(map(len, specification.get("datasets", {}).values()))
            assert rows <= charts.MOST_ROWS, name
    library = max((built.index.parents[1] / "assets").iterdir(), key=lambda p: p.stat().st_size)
    assert library.stat().st_size < MOST_BYTES / 2


def test_two_runs_are_listed_and_kept_apart(store):
    for run, seeds in (("one", 3), ("two", 4)):
        projects.made_up_evaluation(store, games=5, seeds=seeds, run=run)
    database.refresh(store)
    for run in ("one", "two"):
        site.build(store, run, replays=0)
    index = (site.site_folder(store) / "index.html").read_text("utf-8")
    assert 'href="one/index.html"' in index and 'href="two/index.html"' in index
    assert "wins 0 of 4 games" in (site.site_folder(store) / "two" / "index.html").read_text()


def test_replays_are_made_once_and_kept_for_later_evaluations(project, built):
    folder = built.index.parent / "replays"
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.js")}
    assert len(before) == 3
    again = site.build(project.store, project.run, replays=3)
    assert again.replays == 3
    assert {p.name: p.stat().st_mtime_ns for p in folder.glob("*.js")} == before


def test_a_replay_holds_what_the_evaluation_recorded(project, built):
    with opened(project.store, project.run) as source:
        rows = source.ask("select evaluation_id, position, final_floor, steps, outcome from "
                          "evaluations where policy = 'ppo'").rows  # fmt: skip
    folder = built.index.parent / "replays"
    found = 0
    for row in rows:
        path = folder / f"{row['evaluation_id']}-{row['position']:04d}.js"
        if path.exists():
            content = replays.read_replay(path)
            assert content["end"]["floor"] == row["final_floor"]
            assert content["end"]["outcome"] == row["outcome"]
            assert len(content["decisions"]) == row["steps"]
            found += 1
    assert found == 3


def test_every_chart_of_a_real_run_is_valid_vega_lite(built):
    count = 0
    for text in pages(built).values():
        for specification in specifications(text):
            data = specification.get("datasets", {})
            few = {name: rows[:2] for name, rows in data.items()}  # rows cost time, not validity
            alt.LayerChart.from_dict(specification | {"datasets": few}, validate=True)
            count += 1
    assert count > 20


def test_the_newest_games_of_each_policy_have_their_intervals(project):
    with opened(project.store, project.run) as source:
        policies = evaluated.newest_policies(source)
        pairs = [pair for pair, _ in evaluated.pairings(source, policies)]
    assert [policy.name for policy in policies] == ["teacher", "scratch", "ppo"]
    assert all(policy.win_rate == wilson(policy.wins, policy.games) for policy in policies)
    assert {(pair.policy, pair.baseline) for pair in pairs} == {
        ("scratch", "teacher"),
        ("ppo", "teacher"),
        ("ppo", "scratch"),
    }


def test_a_pairing_says_in_words_what_its_numbers_say():
    def pairs(floors, baseline):
        return [
            {"floor": a, "baseline_floor": b, "victory": a > 50, "baseline_victory": b > 50}
            for a, b in zip(floors, baseline, strict=True)
        ]

    same = evaluated.pairing("ppo", "clone", pairs([10, 30, 20, 25], [20, 20, 25, 19]))
    assert same.sentence.startswith("ppo did not separate from clone (+0.25 floors")
    assert "seeds would be needed" in same.sentence
    better = evaluated.pairing("ppo", "clone", pairs([51] * 9, [20] * 9))
    assert better.sentence.startswith("ppo got further than clone (+31.00 floors")
    assert (better.only_policy, better.only_baseline, better.neither) == (9, 0, 0)


def test_checks_find_dead_terms_duplicate_seeds_and_refusals(store):
    twice = [(samples.rollout(n).identity, samples.game(seed=1)) for n in range(2)]
    dead = samples.game(reward_by_term={"floor": 1.0, "hp": 0.0})
    facts.append_games(store, [(samples.rollout(5).identity, dead)])
    facts.append_games(store, [(i, samples.game(seed=1, reward_by_term={"floor": 1.0, "hp": 0.0}))
                               for i, _ in twice])  # fmt: skip
    row = {"run": "main", "rollout_id": "r", "timestamp": projects.START, "model_update": 1}
    row |= {"reason": "stale: lag 5", "current_update": 6, "file": "r.parquet"}
    facts.append(store, "rejections", "main", [row])
    database.refresh(store)
    with opened(store, "main") as source:
        found = {check.title: check for check in health.checks(source)}
    assert found["Reward terms"].tone == "bad" and "hp" in found["Reward terms"].finding
    assert found["Seeds"].tone == "warning"
    assert (
        found["Refused rollouts"].tone == "bad" and "stale 1" in found["Refused rollouts"].finding
    )
    assert health.worst(list(found.values())) == "bad"


def replay_of(value, outcome, floor=10):
    seen = {"floor": floor}
    return {"decisions": [[0, value, 0, [], [], [], seen]] * 5, "end": {"outcome": outcome}}


def test_the_chance_to_win_grows_with_the_value_where_winners_had_more():
    games = [replay_of(2.0, "victory")] * 5 + [replay_of(0.0, "death")] * 5
    fitted = winning.fit(games)
    assert fitted is not None and fitted.value > 0
    assert (fitted.games, fitted.wins) == (10, 5)


def test_no_chance_is_fitted_to_a_handful_of_games():
    assert winning.fit([replay_of(2.0, "victory")] * 3 + [replay_of(0.0, "death")] * 20) is None
    assert winning.fit([]) is None


def test_too_many_rows_for_one_chart_are_refused():
    rows = [{"floor": n, "deaths": 1} for n in range(charts.MOST_ROWS + 1)]
    with pytest.raises(charts.TooManyRows, match="group them in SQL"):
        charts.bars(rows, "floor", "deaths", "floor")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("paper", ["#ffffff", "#191e26"])
def test_every_colour_stands_out_on_both_papers(paper):
    for colour in theme.SERIES:
        high, low = sorted((luminance(colour), luminance(paper)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, colour


def test_the_published_results_are_well_formed():
    for other in page_overview.references():
        assert 0 <= int(other["wins"]) <= int(other["games"])
        assert float(other["win_rate"]) == pytest.approx(
            int(other["wins"]) / int(other["games"]), abs=0.01
        )


def test_values_become_json_that_any_reader_takes():
    assert plain({"a": float("nan"), "b": [1.23456789, None], "c": projects.START}) == {
        "a": None,
        "b": [1.23457, None],
        "c": "2026-01-01T00:00:00+00:00",
    }
