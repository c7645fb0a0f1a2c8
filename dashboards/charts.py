"""Rows to charts: pure functions that the site and the notebook share.

Every function takes plain rows (dictionaries of JSON values) and the names of their columns, and
returns an Altair chart that is as wide as its place. Intervals are bands or whiskers, baselines
are grey, lines are labelled where they end.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

import altair as alt
from altair.utils.schemapi import debug_mode

from dashboards import theme
from dashboards.source import every, plain_rows

Rows = Sequence[dict[str, Any]]
HEIGHT: Final = 220
ROW_HEIGHT: Final = 22
MOST_ROWS: Final = 5000
MOST_HOVERS: Final = 80


class TooManyRows(ValueError):
    """A chart of more rows than a page should carry: aggregate in SQL."""


def _data(rows: Rows, *names: str) -> alt.InlineData:
    """The rows with the columns that the chart needs, all of them if none is named."""
    if len(rows) > MOST_ROWS:
        raise TooManyRows(f"{len(rows)} rows in one chart, at most {MOST_ROWS}: group them in SQL")
    if names:
        rows = [{name: row[name] for name in names if name} for row in rows]
    return alt.InlineData(values=plain_rows(rows))  # type: ignore[arg-type]


def _fit(chart: alt.Chart | alt.LayerChart, height: int = HEIGHT) -> alt.LayerChart:
    layered = chart if isinstance(chart, alt.LayerChart) else alt.layer(chart)
    return layered.properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )


def without_checks() -> AbstractContextManager[None]:
    """Charts made in this block are not checked against the schema: half the time; tests check."""
    return debug_mode(False)


def specification(chart: alt.LayerChart) -> dict[str, Any]:
    """Vega-Lite of a chart, without the schema address and without a configuration of its own."""
    made: dict[str, Any] = chart.to_dict(validate=False)  # tests validate
    made.pop("$schema", None)
    made.pop("config", None)
    return made


def _y(name: str, title: str, percent: bool, zero: bool = False) -> alt.Y:
    axis = alt.Axis(format=_format(percent), title=None, tickCount=5)
    return alt.Y(
        name, type="quantitative", axis=axis, scale=alt.Scale(zero=zero, nice=True), title=title
    )


def _format(percent: bool) -> str:
    return "%" if percent else ",.6~g"


def _hover(rows: Rows) -> Rows:
    """As many rows as a person can point at: invisible points cost as much as visible ones."""
    return rows[:: every(len(rows), MOST_HOVERS)]


def _tips(names: Mapping[str, str], percent: bool = False) -> list[alt.Tooltip]:
    shown = []
    for name, title in names.items():
        if name.endswith(":N"):
            shown.append(alt.Tooltip(name[:-2], type="nominal", title=title))
        else:
            form = ".1%" if percent and name != next(iter(names)) else ",.4~g"
            shown.append(alt.Tooltip(name, type="quantitative", title=title, format=form))
    return shown


def band_line(
    rows: Rows,
    x: str,
    y: str,
    low: str,
    high: str,
    x_title: str,
    y_title: str,
    *,
    percent: bool = False,
    colour: str = theme.BLUE,
    zero: bool = False,
    limits: Mapping[str, float] | None = None,
    points: bool = False,
) -> alt.LayerChart:
    """A line with a band around it, and grey dashed lines at named values."""
    base = alt.Chart(_data(rows, x, y, low, high)).encode(
        alt.X(x, type="quantitative", title=x_title, axis=alt.Axis(format=",.0f", tickCount=6))
    )
    tips = _tips({x: x_title, y: y_title, low: "from", high: "to"}, percent)
    band = base.mark_area(opacity=0.22, color=colour, line=False).encode(
        _y(low, y_title, percent, zero), alt.Y2(high)
    )
    line = base.mark_line(
        color=colour, point={"size": 22, "color": colour} if points else False
    ).encode(_y(y, y_title, percent, zero), tooltip=tips)
    layers: list[alt.Chart] = [band, line]
    if not points:
        hover = alt.Chart(_data(_hover(rows), x, y, low, high)).mark_point(opacity=0, size=120)
        layers.append(
            hover.encode(alt.X(x, type="quantitative"), _y(y, y_title, percent, zero), tooltip=tips)
        )
    layers.extend(_limit_lines(limits or {}))
    return _fit(alt.layer(*layers))


def _limit_lines(limits: Mapping[str, float]) -> list[alt.Chart]:
    if not limits:
        return []
    data = _data([{"limit": value, "what": name} for name, value in limits.items()])
    rule = (
        alt.Chart(data)
        .mark_rule(color=theme.GREY, strokeDash=[4, 4])
        .encode(alt.Y("limit", type="quantitative"))
    )
    text = (
        alt.Chart(data)
        .mark_text(align="right", dy=-6, color=theme.GREY, fontSize=10.5)
        .encode(
            alt.Y("limit", type="quantitative"),
            x=alt.value("width"),
            text=alt.Text("what", type="nominal"),
        )
    )
    return [rule, text]


def series(
    rows: Rows,
    x: str,
    y: str,
    by: str,
    x_title: str,
    y_title: str,
    *,
    order: Sequence[str],
    colours: Sequence[str] | None = None,
    percent: bool = False,
    low: str = "",
    high: str = "",
    step: bool = False,
    marks: Mapping[str, float] | None = None,
    height: int = HEIGHT,
) -> alt.LayerChart:
    """Lines by name, with bands where `low` and `high` are given; dashed verticals at `marks`."""
    scale = alt.Scale(domain=list(order), range=list(colours or theme.SERIES[: len(order)]))
    legend = alt.Legend(title=None, symbolType="stroke", symbolOpacity=1, symbolStrokeWidth=3)
    colour = alt.Color(by, type="nominal", scale=scale, legend=legend)
    base = alt.Chart(_data(rows, x, y, by, low, high)).encode(
        alt.X(x, type="quantitative", title=x_title, axis=alt.Axis(format=",.0f", tickCount=6)),
        colour,
    )
    interpolate: Any = "step-after" if step else "linear"
    layers: list[alt.Chart] = []
    if low:
        band = base.mark_area(opacity=0.15, interpolate=interpolate)
        layers.append(band.encode(_y(low, y_title, percent), alt.Y2(high)))
    tips = [*_tips({f"{by}:N": "what"}), *_tips({x: x_title, y: y_title}, percent)]
    layers.append(
        base.mark_line(interpolate=interpolate).encode(_y(y, y_title, percent), tooltip=tips)
    )
    hover = alt.Chart(_data(_hover(rows), x, y, by)).mark_point(opacity=0, size=90)
    at = alt.X(x, type="quantitative")
    layers.append(hover.encode(at, _y(y, y_title, percent), tooltip=tips))
    for name, value in (marks or {}).items():
        data = _data([{"at": value, "what": name}])
        rule = alt.Chart(data).mark_rule(color=theme.GREY, strokeDash=[3, 4])
        layers.append(rule.encode(alt.X("at", type="quantitative")))
        text = alt.Chart(data).mark_text(align="left", dx=4, dy=6, color=theme.GREY, fontSize=10.5)
        layers.append(
            text.encode(alt.X("at", type="quantitative"), y=alt.value(0), text=alt.value(name))
        )
    return _fit(alt.layer(*layers), height)


def stacked(
    rows: Rows, x: str, y: str, by: str, x_title: str, y_title: str, order: Sequence[str]
) -> alt.LayerChart:
    """Parts of a sum over time: positive ones upwards, negative ones downwards."""
    scale = alt.Scale(domain=list(order), range=[theme.SERIES[n % 7] for n in range(len(order))])
    chart = (
        alt.Chart(_data(rows, x, y, by))
        .mark_area(opacity=0.85)
        .encode(
            alt.X(x, type="quantitative", title=x_title, axis=alt.Axis(format=",.0f", tickCount=6)),
            alt.Y(y, type="quantitative", stack="zero", title=None, axis=alt.Axis(tickCount=5)),
            alt.Color(by, type="nominal", scale=scale, title=None),
            tooltip=[*_tips({f"{by}:N": "term"}), *_tips({x: x_title, y: y_title})],
        )
    )
    return _fit(chart)


def intervals(
    rows: Rows,
    name: str,
    value: str,
    low: str,
    high: str,
    title: str,
    *,
    group: str,
    groups: Mapping[str, str],
    percent: bool = False,
    label: str = "",
    domain: Sequence[float] | None = None,
    zero_line: bool = False,
    offset: bool = False,
) -> alt.LayerChart:
    """One dot with whiskers per row, sorted as given; `groups` maps groups to colours."""
    order = list(dict.fromkeys(str(row[name]) for row in rows))
    scale = alt.Scale(domain=list(groups), range=list(groups.values()))
    several = len({row[group] for row in rows}) > 1
    colour = alt.Color(
        group,
        type="nominal",
        scale=scale,
        legend=alt.Legend(title=None) if several else None,
    )
    limits = alt.Scale(domain=list(domain)) if domain else alt.Scale(nice=True)
    axis = alt.Axis(format=_format(percent), grid=True, tickCount=6)
    x = alt.X(value, type="quantitative", title=title, axis=axis, scale=limits)
    y = alt.Y(
        name,
        type="nominal",
        sort=order,
        title=None,
        axis=alt.Axis(labelFontSize=12, ticks=False, domain=False, labelLimit=190),
    )
    base = alt.Chart(_data(rows, name, value, low, high, group, label)).encode(y, colour)
    if offset:
        base = base.encode(yOffset=alt.YOffset(group, type="nominal", sort=list(groups)))
    tips = [
        *_tips({f"{name}:N": "what"}),
        *[
            alt.Tooltip(column, type="quantitative", title=what, format=".1%" if percent else ".2f")
            for column, what in ((value, title), (low, "from"), (high, "to"))
        ],
    ]
    layers: list[alt.Chart] = [
        base.mark_rule(strokeWidth=2.5, opacity=0.6).encode(
            alt.X(low, type="quantitative", title=title, axis=axis, scale=limits), alt.X2(high)
        ),
        base.mark_point(size=80, opacity=1).encode(x, tooltip=tips),
    ]
    if label:
        text = base.mark_text(align="left", dy=-10, dx=-2, fontSize=10.5)
        layers.append(text.encode(x, text=alt.Text(label, type="nominal")))
    if zero_line:
        layers.insert(0, _zero_line())
    return _fit(
        alt.layer(*layers), 40 + max(2, len(order)) * (30 if label or offset else ROW_HEIGHT)
    )


def _zero_line() -> alt.Chart:
    rule = alt.Chart(_data([{"zero": 0}])).mark_rule(color=theme.GREY)
    return rule.encode(alt.X("zero", type="quantitative"))


def differences(rows: Rows, x: str, y: str, x_title: str) -> alt.LayerChart:
    """One bar per seed, sorted: blue where the policy got further, red where it fell behind."""
    ordered = sorted(rows, key=lambda row: (row[y], row[x]))
    numbered = [
        {**row, "rank": rank, "direction": "further" if row[y] > 0 else "less far"}
        for rank, row in enumerate(ordered, start=1)
    ]
    scale = alt.Scale(domain=["further", "less far"], range=[theme.BLUE, theme.RED])
    chart = (
        alt.Chart(_data(numbered, "rank", "seed", "floor", "baseline_floor", "direction", y))
        .mark_bar(size=max(1, min(14, 480 // max(1, len(rows)))))
        .encode(
            alt.X("rank", type="quantitative", title=x_title, axis=alt.Axis(tickCount=6)),
            alt.Y(y, type="quantitative", title=None, axis=alt.Axis(tickCount=6)),
            alt.Color("direction", type="nominal", scale=scale, title=None),
            tooltip=[
                alt.Tooltip("seed", type="nominal"),
                *_tips({"floor": "floor", "baseline_floor": "baseline", y: "difference"}),
            ],
        )
    )
    return _fit(chart, 200)


def bars(
    rows: Rows,
    name: str,
    value: str,
    title: str,
    *,
    colour: str = theme.BLUE,
    tips: Mapping[str, str] | None = None,
    horizontal: bool = True,
) -> alt.LayerChart:
    """Bars in the order of the rows."""
    order = list(dict.fromkeys(row[name] for row in rows))
    shown = _tips({f"{name}:N": "what", value: title, **(tips or {})})
    base = alt.Chart(_data(rows, name, value, *(tips or {})))
    number = {"type": "quantitative", "title": title}
    if horizontal:
        names = alt.Axis(labelFontSize=12, ticks=False, domain=False, labelLimit=190)
        chart = base.mark_bar(cornerRadiusEnd=3, color=colour, height={"band": 0.7}).encode(
            alt.X(value, axis=alt.Axis(grid=True, tickCount=5), **number),  # type: ignore[arg-type]
            alt.Y(name, type="nominal", sort=order, title=None, axis=names),
            tooltip=shown,
        )
        return _fit(chart, 40 + max(2, len(order)) * ROW_HEIGHT)
    chart = base.mark_bar(color=colour, size=8).encode(
        alt.X(name, type="quantitative", title=title, axis=alt.Axis(tickCount=10)),
        alt.Y(value, type="quantitative", title=None, axis=alt.Axis(tickCount=5)),
        tooltip=_tips({name: title, value: "games", **(tips or {})}),
    )
    return _fit(chart)


def marked_line(
    rows: Rows,
    events: Rows,
    x: str,
    y: str,
    low: str,
    high: str,
    x_title: str,
    y_title: str,
    limits: Mapping[str, float],
) -> alt.LayerChart:
    """A line with its band, and a point for every event, coloured by what happened."""
    line = band_line(rows, x, y, low, high, x_title, y_title, limits=limits, zero=True)
    if not events:
        return line
    what = sorted({str(event["action"]) for event in events})
    scale = alt.Scale(domain=what, range=[theme.SERIES[(n + 1) % 7] for n in range(len(what))])
    points = (
        alt.Chart(_data(events))
        .mark_point(size=38, filled=True, opacity=0.9)
        .encode(
            alt.X("update", type="quantitative"),
            alt.Y("value", type="quantitative"),
            alt.Color("action", type="nominal", scale=scale, title=None),
            alt.Shape("action", type="nominal", scale=alt.Scale(domain=what), title=None),
            tooltip=[*_tips({"action:N": "tuner"}), *_tips({"update": "update", "value": y_title})],
        )
    )
    return _fit(alt.layer(*line.layer, points))


def over_time(rows: Rows, x: str, y: str, y_title: str, group: str = "") -> alt.LayerChart:
    """A line over clock time."""
    encodings: list[Any] = [
        alt.X(
            x, type="temporal", title="UTC", axis=alt.Axis(tickCount=6), scale=alt.Scale(type="utc")
        ),
        _y(y, y_title, percent=False, zero=True),
    ]
    if group:
        encodings.append(alt.Color(group, type="nominal", title=None))
    tips = [
        alt.Tooltip(x, type="temporal", title="UTC", format="%d %b %H:%M"),
        *_tips({y: y_title}),
    ]
    base = alt.Chart(_data(rows, x, y, group))
    point = {"size": 22}
    return _fit(base.mark_line(color=theme.TEAL, point=point).encode(*encodings, tooltip=tips))


def coloured_bars(
    rows: Rows,
    name: str,
    value: str,
    title: str,
    group: str,
    groups: Mapping[str, str],
    percent: bool = False,
) -> alt.LayerChart:
    """Horizontal bars in the order of the rows, coloured by group."""
    order = list(dict.fromkeys(row[name] for row in rows))
    present = [one for one in groups if any(row[group] == one for row in rows)]
    scale = alt.Scale(domain=present, range=[groups[one] for one in present])
    legend = alt.Legend(title=None) if len(present) > 1 else None
    axis = alt.Axis(grid=True, tickCount=5, format=_format(percent))
    names = alt.Axis(labelFontSize=12, ticks=False, domain=False, labelLimit=190)
    tips = _tips({f"{name}:N": "what", value: title})
    if percent:
        tips[1].format = ".1%"
    chart = (
        alt.Chart(_data(rows, name, value, group))
        .mark_bar(cornerRadiusEnd=3, height={"band": 0.7})
        .encode(
            alt.X(value, type="quantitative", title=title, axis=axis),
            alt.Y(name, type="nominal", sort=order, title=None, axis=names),
            alt.Color(group, type="nominal", scale=scale, legend=legend),
            tooltip=tips,
        )
    )
    return _fit(chart, 40 + max(2, len(order)) * ROW_HEIGHT)
