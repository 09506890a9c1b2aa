"""What is wrong with a definition, in words: one table for our own checks, one for pydantic's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

OWN: dict[str, Any] = {
    "repeats": _l("“%(value)s” was used before; each must be different."),
    "repeated_key": _l("“%(name)s” is written twice in the same object."),
    "reserved": _l("“%(value)s” has a meaning of its own and cannot be a code."),
    "empty_text": _l("The text is empty."),
    "unprintable": _l("The text contains control characters that cannot be shown."),
    "unknown_place": _l("“{%(name)s}” cannot be filled in; only {unit} and {service_type} can."),
    "unknown_language": _l("“%(name)s” is not a language here; use en, zh_Hans or zh_Hant."),
    "languages_repeat": _l("A language is named twice."),
    "lacks_first": _l("The text is missing in the questionnaire's first language, %(language)s."),
    "unknown_dimension": _l("The dimension “%(name)s” is not declared under “dimensions”."),
    "pair_unknown": _l(
        "There is no other question “%(question)s” of the same type that could belong to this one."
    ),
    "pair_differs": _l(
        "“%(question)s” must have the same answers in the same order, and of a table the same lines. Pairs with and without something have five options."
    ),
    "pair_twice": _l("Another question belongs to “%(question)s” already."),
    "told_twice": _l("“%(question)s” tells that already; one question is enough."),
    "condition_form": _l("A condition has exactly one of “question”, “all” and “any”."),
    "condition_number": _l("“at_most” and “at_least” need a number as their value."),
    "condition_value": _l("A condition needs a number, a text or a list of them as its value."),
    "condition_ahead": _l(
        "There is no question “%(question)s” before this one; conditions can only look back."
    ),
    "condition_unordered": _l("The answers to “%(question)s” are not numbers that can be compared by size."),
    "condition_never": _l("“%(question)s” can never be answered with “%(value)s”."),
    "not_on_scale": _l("%(value)s is not a value of the scale."),
    "metric_unfit": _l(
        "The metric “%(metric)s” does not fit the scale: “nps” needs 0 to 10, “ces” 1 to 7, both with the highest best."
    ),
    "labels_count": _l("Give %(count)s labels, one a face."),
    "limits_cross": _l("The upper limit lies below the lower one."),
    "not_a_day": _l("This is not a day; write it as 2024-06-30."),
}

PYDANTIC: dict[str, Any] = {
    "missing": _l("“%(name)s” is missing."),
    "extra_forbidden": _l("“%(name)s” is not known here."),
    "string_type": _l("This must be a text."),
    "int_type": _l("This must be a whole number."),
    "int_from_float": _l("This must be a whole number."),
    "float_type": _l("This must be a number."),
    "bool_type": _l("This must be true or false."),
    "tuple_type": _l("This must be a list."),
    "dict_type": _l("This must be an object in { }."),
    "model_type": _l("This must be an object in { }."),
    "model_attributes_type": _l("This must be an object in { }."),
    "literal_error": _l("This must be one of: %(expected)s."),
    "union_tag_invalid": _l("There is no question type “%(tag)s”; there are %(expected_tags)s."),
    "union_tag_not_found": _l("“type” is missing: which type of question is it?"),
    "string_pattern_mismatch": _l(
        "A code has small letters, digits and underscores (hyphens in a questionnaire's), begins with a letter and is short."
    ),
    "too_short": _l("Give %(min_length)s or more."),
    "too_long": _l("Give %(max_length)s or fewer."),
    "string_too_short": _l("The text is empty."),
    "string_too_long": _l("The text is longer than %(max_length)s characters."),
    "greater_than_equal": _l("This must be %(ge)s or more."),
    "less_than_equal": _l("This must be %(le)s or less."),
    "recursion_loop": _l("This is nested too deeply."),
}
ELSE = _l("This is not allowed here.")


def own(code: str, detail: Mapping[str, str]) -> str:
    """The message for one of the problems that survey/questions finds."""
    return str(OWN[code]) % detail


def pydantic(type_: str, name: str, context: Mapping[str, Any]) -> str:
    """The message for pydantic's error `type_` at the field `name`."""
    return str(PYDANTIC.get(type_, ELSE)) % {"name": name, **context}
