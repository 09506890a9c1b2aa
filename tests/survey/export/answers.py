"""A questionnaire with every type of question, and answers to it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

POINTS = [{"value": v, "label": {"en": f"{v} points", "zh_Hans": f"{v} 分"}} for v in range(1, 6)]
OPTIONS = [{"code": c, "label": {"en": f"={c}", "zh_Hans": f"选{c}"}} for c in ("price", "time", "other")]


def _question(type_: str, code: str, **given: Any) -> dict[str, Any]:
    return {
        "type": type_,
        "code": code,
        "wording": {"en": f"=About {code}", "zh_Hans": f"关于{code}"},
    } | given


QUESTIONS = [
    _question("rating", "staff", points=POINTS, not_applicable=True),
    _question("nps", "recommend"),
    _question("choice", "reason", options=OPTIONS, not_applicable=True),
    _question("choices", "liked", options=OPTIONS, not_applicable=True),
    _question(
        "matrix",
        "care",
        points=POINTS,
        not_applicable=True,
        rows=[{"code": c, "wording": {"en": c, "zh_Hans": c}} for c in ("warm", "clean")],
    ),
    _question("hundred", "mark"),
    _question("date", "came"),
    _question("number", "minutes", decimals=2),
    _question("comment", "why"),
]
SECTIONS = [{"code": "all", "questions": QUESTIONS}]

_POINT = st.integers(1, 5) | st.just("na")
_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("'=+-@\n\t|,\""), max_size=30
)
ANSWERS = st.fixed_dictionaries(
    {"staff": _POINT},
    optional={
        "recommend": st.integers(0, 10),
        "reason": st.sampled_from(["price", "time", "other", "na"]),
        "liked": st.just("na")
        | st.lists(st.sampled_from(["price", "time", "other"]), min_size=1, unique=True).map(
            lambda chosen: [c for c in ("price", "time", "other") if c in chosen]
        ),
        "care": st.dictionaries(st.sampled_from(["warm", "clean"]), _POINT, min_size=1),
        "mark": st.integers(0, 100),
        "came": st.dates().map(str),
        "minutes": st.integers(0, 10000).map(lambda n: n // 100 if n % 100 == 0 else n / 100),
        "why": _TEXT.map(str.strip).filter(bool),
    },
)


def import_map() -> str:
    """Reads what an export with codes wrote."""
    plain = ["staff", "recommend", "reason", "mark", "came", "minutes"]
    parts = [f"liked.{o['code']}" for o in OPTIONS] + ["care.warm", "care.clean"]
    ratings = "".join(f'[ratings."{name}"]\ncolumn = "{name}"\n' for name in plain + parts)
    return f"""
questionnaire = "small"
key = "response"
[file]
neutralised = true
[date]
column = "day"
formats = "%Y-%m-%d"
[unit]
column = "unit"
[service_type]
column = "service_type"
[channel]
column = "channel"
[language]
column = "language"
{ratings}
[comments.why]
column = "why"
"""
