"""`make strings` brings the catalogues up to date; with --check it fails when they are stale or incomplete."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
METHODS = [("survey/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true"}, "templates/**.txt": {"trimmed": "true"}}
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "_n": (1, 2),
    "N_": None,
}
TRANSLATED = ("zh_Hans", "zh_Hant")
UNSAID = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Report-Msgid-Bugs-To",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)


def template() -> Catalog:
    """Every text of the interface, in the order of the code."""
    found = Catalog(project="Afterword", charset="utf-8")
    rows = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def file_of(locale: str) -> Path:
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    file = file_of(locale)
    if not file.exists():
        return Catalog(locale=locale, project="Afterword")
    with file.open("rb") as opened:
        return read_po(opened, locale=locale)


def update() -> None:
    wanted = template()
    for locale in TRANSLATED:
        catalogue = read(locale)
        catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        if locale == "zh_Hant":
            _draft(catalogue, read("zh_Hans"))
        write(locale, catalogue)


def _draft(traditional: Catalog, simplified: Catalog) -> None:
    """Texts still without Traditional get a converted draft; a person reads it before it is kept."""
    convert = OpenCC("s2twp").convert
    for message in traditional:
        source = simplified.get(message.id)
        if message.id and not _strings(message)[0] and source and _strings(source)[0]:
            drafted = tuple(convert(text) for text in _strings(source))
            message.string = drafted if message.pluralizable else drafted[0]


def write(locale: str, catalogue: Catalog) -> None:
    catalogue.fuzzy, catalogue.version, catalogue.header_comment = False, "", "# The interface of Afterword."
    made = BytesIO()
    write_po(made, catalogue, width=110, omit_header=False, sort_by_file=False, include_lineno=False)
    file_of(locale).parent.mkdir(parents=True, exist_ok=True)
    lines = made.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(UNSAID)]
    file_of(locale).write_text("\n".join(kept) + "\n", encoding="utf-8")


def problems() -> Iterator[str]:
    wanted = {_key(message): message for message in template() if message.id}
    for locale in TRANSLATED:
        catalogue = read(locale)
        there = {_key(message): message for message in catalogue if message.id}
        yield from (f"{locale}: not in the catalogue: {key}" for key in wanted.keys() - there.keys())
        yield from (f"{locale}: no longer used: {key}" for key in there.keys() - wanted.keys())
        for key, message in there.items():
            if message.fuzzy or not all(_strings(message)):
                yield f"{locale}: not translated: {key}"
            for check in checkers:
                try:
                    check(catalogue, message)
                except Exception as error:
                    yield f"{locale}: {key}: {error}"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def main() -> None:
    if "--check" not in sys.argv:
        update()
        return
    found = list(problems())
    print("\n".join(found) or "The catalogues are complete.")  # noqa: T201
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
