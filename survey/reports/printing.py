"""A report as one page that needs nothing beside itself, for Chromium to print."""

from __future__ import annotations

import base64
import copy
from pathlib import Path

from flask import current_app
from flask_babel import force_locale
from markupsafe import Markup

from analysis.charts import Figure
from analysis.charts.theme import FONT
from survey.locales import TAGS
from survey.models import Report
from survey.pictures import drawn, printed
from survey.reports.document import Document, document

SHEETS = ("tokens.css", "app.css", "report.css")
LATIN = '"Noto Sans", "Liberation Sans", Arial, '
OWN_FONT = {"zh_Hans": '"Noto Sans CJK SC", ', "zh_Hant": '"Noto Sans CJK TC", ', "en": ""}


def pdf(report: Report) -> bytes:
    """Raises NotMade where there is no Chromium, or it did not come to an end."""
    return printed(page(report))


def page(report: Report) -> str:
    found = document(report, current_app.extensions["settings"])
    template = current_app.jinja_env.get_template("reports/print.html")
    with force_locale(report.locale):
        return template.render(
            document=found, tag=TAGS[report.locale], style=_style(), pictures=pictures_of(found)
        )


def pictures_of(found: Document) -> dict[str, str]:
    """By section: an address that holds the picture itself."""
    charts = {
        one.code: in_font(one.figure, found.read.locale) for one in found.sections if one.figure is not None
    }
    made = drawn(list(charts.values())) if charts else []
    return {
        code: f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
        for code, svg in zip(charts, made, strict=True)
    }


def in_font(figure: Figure, locale: str) -> Figure:
    """Characters that both scripts have look as they do in this one."""
    turned = copy.deepcopy(figure)
    turned["layout"].setdefault("font", {})["family"] = LATIN + OWN_FONT[locale] + FONT
    return turned


def _style() -> Markup:
    """Our own sheets: nothing that anybody typed."""
    folder = Path(current_app.static_folder or "")
    sheets = "\n".join((folder / name).read_text("utf-8") for name in SHEETS)
    return Markup(f"<style>{sheets}</style>")  # noqa: S704
