"""Writes the charts of charts.py as PNG or SVG files. Needs matplotlib."""

import datetime
import warnings
from pathlib import Path
from typing import Any, Sequence

from .charts import Bar, Level
from .places import WrongUsage

FORMATS = {".png": "png", ".svg": "svg"}

_USED, _LIMIT, _OVER, _TRACK = "#2f6f9f", "#c0392b", "#d9822b", "#e6eaee"
_WIDTH_INCHES, _HEIGHT_INCHES = 9.0, 4.5
_DOTS_PER_INCH = 150
_BAR_INCHES = 0.34
_PAD_INCHES = 0.15
_WHOLE = 100


def format_of(file: Path) -> str:
    """Returns the format of the file, from its extension."""
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise WrongUsage(f"{file} must end in .png or .svg")
    return form


def draw_over_time(
    levels: Sequence[Level], until: datetime.datetime, title: str, file: Path
) -> None:
    """Draws seats in use as steps and total seats as a line."""
    figure, axes = _figure(_HEIGHT_INCHES)
    dates, ticker = _module("matplotlib.dates"), _module("matplotlib.ticker")
    times = [level.at for level in levels] + [until]
    used = [level.used for level in levels] + [levels[-1].used]
    axes.fill_between(times, used, step="post", color=_USED, alpha=0.25, linewidth=0)
    axes.step(times, used, where="post", color=_USED, linewidth=1.8, label="in use")
    totals = [level.total for level in levels]
    limits = [float("nan") if total is None else total for total in [*totals, totals[-1]]]
    known = [total for total in totals if total is not None]
    if known:
        axes.step(times, limits, where="post", color=_LIMIT, linewidth=1.6, linestyle="--",
                  label="total seats")
    locator = dates.AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    axes.yaxis.set_major_locator(ticker.MaxNLocator(integer=True))
    axes.set_xlim(times[0], until)
    axes.set_ylim(0, max([*used, *known, 1]) * 1.12)
    axes.set_ylabel("seats")
    axes.set_xlabel("time (UTC)")
    axes.grid(axis="y", color=_TRACK)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=2, frameon=False)
    axes.set_title(_literal(title), loc="left", fontsize=13, fontweight="bold", pad=26)
    _save(figure, file)


def draw_filled(bars: Sequence[Bar], title: str, file: Path) -> None:
    """Draws a bar for each license: the share in use, with the numbers next to it."""
    figure, axes = _figure(1.4 + _BAR_INCHES * len(bars))
    places = list(range(len(bars)))
    shares = [
        0.0 if bar.total is None else _WHOLE * (bar.used / bar.total if bar.total else 1.0)
        for bar in bars
    ]
    widest = max([_WHOLE, *shares])
    tracks = [0 if bar.total is None else _WHOLE for bar in bars]
    axes.barh(places, tracks, color=_TRACK, height=0.66)
    colors = [_OVER if share > _WHOLE else _USED for share in shares]
    axes.barh(places, shares, color=colors, height=0.66)
    for place, share, bar in zip(places, shares, bars):
        axes.text(max(share, _WHOLE if bar.total is not None else 0) + widest * 0.012, place,
                  _literal(bar.text()), va="center", fontsize=9)
    axes.set_yticks(places, [_literal(_short(bar.name)) for bar in bars])
    axes.invert_yaxis()
    axes.set_xlim(0, widest * 1.24)
    axes.set_xticks([0, 25, 50, 75, _WHOLE], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel("seats in use")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="white", linewidth=0.8)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_title(_literal(title), loc="left", fontsize=13, fontweight="bold")
    _save(figure, file)


def _short(name: str, most: int = 40) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _literal(text: str) -> str:
    """Escapes $: matplotlib parses text between dollar signs as a formula."""
    return text.replace("$", r"\$")


def _module(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise WrongUsage(
            "a plot in a file needs matplotlib, which is not installed; "
            "install it with: pip install '.[plot]' in a clone of Seatbook"
        ) from None


def _figure(height: float) -> Any:
    # Not pyplot: it needs a display, and keeps all figures in memory.
    figure = _module("matplotlib.figure").Figure(
        figsize=(_WIDTH_INCHES, height), dpi=_DOTS_PER_INCH, layout="constrained"
    )
    figure.get_layout_engine().set(w_pad=_PAD_INCHES, h_pad=_PAD_INCHES)
    axes = figure.add_subplot()
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _save(figure: Any, file: Path) -> None:
    form = format_of(file)
    # The same book gives the same bytes: no date, and fixed ids in SVG.
    fixed = {"svg.hashsalt": "seatbook"}
    metadata = {"Date": None} if form == "svg" else {}
    with warnings.catch_warnings(), _module("matplotlib").rc_context(fixed):
        # Characters missing in all fonts are drawn as boxes.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(file, format=form, metadata=metadata)
