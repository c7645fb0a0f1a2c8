"""Colours and type of all charts: one palette that keeps its contrast on white and on black.

The hues are distinguishable with every common colour vision deficiency, and each has a contrast
of at least 3:1 against both backgrounds, so a chart needs no second specification for the dark.
"""

from typing import Any, Final

BLUE: Final = "#3b7fc4"
ORANGE: Final = "#c9711c"
TEAL: Final = "#148a7d"
PURPLE: Final = "#9168b8"
GREY: Final = "#7d838c"
RED: Final = "#cb4f30"
GOLD: Final = "#a8850f"
SERIES: Final = (BLUE, ORANGE, TEAL, PURPLE, GOLD, RED, GREY)

# One colour means one policy on every page.
POLICIES: Final = {"ppo": BLUE, "clone": ORANGE, "scratch": ORANGE, "teacher": GREY}
FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"
_INK: Final = {"light": "#1d2430", "dark": "#e6e9ee"}
_SOFT: Final = {"light": "#5c6573", "dark": "#a3acb9"}
_LINE: Final = {"light": "#e3e7ec", "dark": "#2b323c"}


def policy_colours(policies: list[str]) -> list[str]:
    """A colour for every policy; those unknown here take the rest of the palette in turn."""
    spare = [TEAL, PURPLE, GOLD, RED]
    unknown = [name for name in policies if name not in POLICIES]
    others = {name: spare[place % len(spare)] for place, name in enumerate(unknown)}
    return [POLICIES.get(name, others.get(name, GREY)) for name in policies]


def config(mode: str) -> dict[str, Any]:
    """Vega-Lite's configuration for `light` or `dark`."""
    ink, soft, line = _INK[mode], _SOFT[mode], _LINE[mode]
    axis = {
        "domainColor": line,
        "tickColor": line,
        "gridColor": line,
        "labelColor": soft,
        "titleColor": soft,
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titlePadding": 8,
        "labelLimit": 220,
    }
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "labelColor": ink,
            "titleColor": soft,
            "orient": "top",
            "direction": "horizontal",
            "titleFontWeight": "normal",
            "labelLimit": 240,
            "columns": 4,
        },
        "header": {"labelColor": ink, "titleColor": soft},
        "text": {"color": ink, "fontSize": 11},
        "rule": {"color": soft},
        "range": {"category": list(SERIES)},
        "line": {"strokeWidth": 2, "strokeJoin": "round"},
        "point": {"filled": True, "size": 45},
        "mark": {"color": BLUE},
    }
