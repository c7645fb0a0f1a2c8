"""Every page in a real browser: no error, no request, marks in every chart, true numbers."""

import json

import pytest

from dashboards import site
from dashboards.source import plain
from storage import database
from tests.dashboards import browser

playwright = pytest.importorskip("playwright.sync_api", reason="pip install -e '.[dev]'")
PAGES = [slug for slug, _ in site.NAVIGATION]
PATIENCE = 120_000  # milliseconds: for a machine on which everything runs at once
MARKS = ", ".join(
    f".mark-{kind} :is(path, line, text)" for kind in ("line", "symbol", "rect", "rule", "area")
)


@pytest.fixture(scope="module")
def chromium():
    path = browser.executable()
    if path is None:
        pytest.skip(browser.REASON)
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


class Visitor:
    """Opens pages and remembers what should not have happened."""

    def __init__(self, chromium, folder):
        self.context = chromium.new_context(
            viewport={"width": 1400, "height": 900}, color_scheme="light"
        )
        self.context.set_default_timeout(PATIENCE)
        self.folder, self.problems = folder, []

    def open(self, name):
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", self._requested)
        page.goto((self.folder / f"{name}.html").as_uri())
        page.wait_for_selector("html[data-drawn=light]", state="attached")
        return page

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def _requested(self, request):
        if not request.url.startswith(("file:", "data:")):
            self.problems.append(f"request to {request.url}")


@pytest.fixture
def visitor(chromium, built):
    visitor = Visitor(chromium, built.index.parent)
    yield visitor
    visitor.context.close()


def charts_without_marks(page):
    return page.evaluate(
        """(marks) => [...document.querySelectorAll("[data-specification]")]
        .filter((chart) => !chart.querySelector(marks)).map((chart) => chart.ariaLabel)""",
        MARKS,
    )


def width_beyond_the_window(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_in_both_themes_and_widths(visitor, name):
    page = visitor.open(name)
    assert charts_without_marks(page) == []
    assert width_beyond_the_window(page) <= 0
    page.set_viewport_size({"width": 400, "height": 800})
    page.click("#theme")
    page.wait_for_selector("html[data-drawn=dark]", state="attached")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 20, 26)"
    assert charts_without_marks(page) == []
    assert width_beyond_the_window(page) <= 0
    assert visitor.problems == []


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_has_words_for_those_who_cannot_see_it(visitor, name):
    page = visitor.open(name)
    labels = page.eval_on_selector_all("[role=img]", "all => all.map((one) => one.ariaLabel)")
    assert all(len(label) > 20 for label in labels)
    headings = page.eval_on_selector_all("h1", "all => all.length")
    assert headings == 1


TABLES = """() => [...document.querySelectorAll("table[data-sql]")].map((table) => ({
  sql: table.dataset.sql,
  columns: [...table.querySelectorAll("th")].map((cell) => cell.dataset.column),
  rows: [...table.querySelectorAll("tbody tr")].map(
    (row) => [...row.querySelectorAll("td")].map((cell) => cell.dataset.value)),
}))"""


@pytest.mark.parametrize("name", PAGES)
def test_numbers_in_tables_equal_the_sql(visitor, project, name):
    tables = visitor.open(name).evaluate(TABLES)
    for table in tables:
        answer = database.query(project.store, table["sql"]).dicts()
        asked = [
            [json.loads(value) for column, value in zip(table["columns"], row, strict=True)
             if column in answer[0]]
            for row in table["rows"]
        ]  # fmt: skip
        columns = [column for column in table["columns"] if column in answer[0]]
        assert asked == [[plain(row[column]) for column in columns] for row in answer]
    assert tables or name in ("index", "decisions", "training")


def test_a_replay_can_be_stepped_through_to_its_end(visitor):
    page = visitor.open("decisions")
    page.wait_for_selector("#theatre[data-ready]")
    total = int(page.get_attribute("#position", "max")) + 1
    assert page.inner_text("#where").startswith(f"decision 1 of {total}")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#where").startswith(f"decision 2 of {total}")
    assert page.locator("#options .option.chosen").count() == 1
    shares = page.eval_on_selector_all("#options .option i", "all => all.map((o) => o.style.width)")
    assert 97 <= sum(int(share.removesuffix("%")) for share in shares) <= 103
    page.click("#last")
    assert page.inner_text("#where").startswith(f"decision {total} of {total}")
    assert "The game" in page.inner_text("#outcome")
    page.click("#floor-back")
    page.click("#first")
    assert page.inner_text("#where").startswith("decision 1 of")
    assert visitor.problems == []


def test_another_game_can_be_chosen(visitor):
    page = visitor.open("decisions")
    page.wait_for_selector("#theatre[data-ready]")
    files = page.eval_on_selector_all("#game option", "all => all.map((one) => one.value)")
    assert len(files) == 3
    page.select_option("#game", files[1])
    page.wait_for_selector(f'#theatre[data-ready="{files[1]}"]')
    assert visitor.problems == []


def test_pages_can_be_reached_with_the_keyboard(visitor):
    page = visitor.open("index")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav') !== null")
    assert visitor.problems == []


def test_the_list_of_runs_leads_to_the_run(chromium, built):
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto((built.index.parents[1] / "index.html").as_uri())
    page.wait_for_url(built.index.as_uri())
    context.close()
