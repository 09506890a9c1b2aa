"""Whatever is sent to any form, the answer is a readable page or a file, never an error of ours."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.extensions import db
from tests.survey.access.asking import someone
from tests.survey.access.forms_of_pages import LETTER, Form, forms
from tests.survey.access.world import World, build

# The test client leaves the file in which it puts a large body to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
HOSTILE = (
    "", "\x00", "a\x00b", "\u202eabc", "\u200b", "１２", "-1", "11", "NaN", "1e309", "true", "null", "[]", "{}",
    "9" * 20, "9" * 5000, "x" * 100_000, "2026-02-30", "0000-00-00", "9999-12-31", "<script>alert(1)</script>",
    "=1+1", "'; DROP TABLE response; --", "%' OR '1'='1", "../../../etc/passwd", "..\\..\\x", "{{ 7*7 }}",
    "%(x)s", "${x}", "\r\nSet-Cookie: a=b", "🏥" * 200, "00000000-0000-0000-0000-000000000000", "\ufffe", " ",
)  # fmt: skip
RAW = (b"%ED%A0%80", b"%FF%FE", b"%C0%80", b"%", b"%zz")  # lone surrogates, bytes that are no UTF-8
KEPT = ("csrf_token", "_key")


@pytest.fixture
def world(any_app: Flask) -> World:
    return build(any_app.extensions["settings"])


def test_no_form_of_any_page_breaks(any_app: Flask, world: World) -> None:
    found = forms(any_app, world)
    assert len(found) > 25, [str(form) for form in found]
    wrong = [problem for form in found for problem in _problems(any_app, world, form)]
    assert wrong == []


def _problems(app: Flask, world: World, form: Form) -> Iterator[str]:
    db.session.remove()
    for what, body in _bodies(form):
        client = someone(app, world, LETTER)
        answer = _send(client, form, body)
        if not _harmless(answer):
            yield f"{form} with {what[:60]!r}: {answer.status_code}"
        answer.close()


def _bodies(form: Form) -> Iterator[tuple[str, bytes]]:
    """Every field with each hostile text at once, and each field alone with one of them; each twice, and raw bytes."""
    names = [name for name in form.fields if name not in KEPT]
    for text in HOSTILE:
        yield text, _encoded(form, dict.fromkeys(names, quote_plus(text)))
    for number, name in enumerate(names):
        text = HOSTILE[number % len(HOSTILE)]
        yield f"{name}={text}", _encoded(form, {name: quote_plus(text)})
        yield f"{name} twice", _encoded(form, {}) + f"&{quote_plus(name)}=1&{quote_plus(name)}[]=2".encode()
    for raw in RAW:
        yield repr(raw), _encoded(form, dict.fromkeys(names, raw.decode()))


def _encoded(form: Form, changed: dict[str, str]) -> bytes:
    fields = {name: quote_plus(value) for name, value in form.fields.items()} | changed
    return "&".join(f"{quote_plus(name)}={value}" for name, value in fields.items()).encode()


def _send(client: FlaskClient, form: Form, body: bytes) -> TestResponse:
    if form.method == "GET":
        return client.get(form.path, query_string=body[:8000].decode("ascii"))
    return client.post(form.path, data=body, content_type="application/x-www-form-urlencoded")


def _harmless(answer: TestResponse) -> bool:
    if answer.status_code >= 500:
        return False
    if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303):
        return "<h1" in answer.text and "Traceback" not in answer.text
    return True


FILES = {
    "nothing": b"",
    "nul": b"\x00" * 5000,
    "no text": bytes(range(256)) * 40,
    "cut workbook": b"PK\x03\x04" + b"\x00" * 100,
    "old workbook": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
    "one long line": b"a," * 400_000,
    "quote never closed": b'code,parent\n"' + b"x\n" * 20_000,
    "surrogates": b"code\n\xed\xa0\x80\n",
    "deep json": b"[" * 50_000,
    "numbers": b'{"code": 1e999, "languages": [NaN, -Infinity]}',
}


def test_no_form_that_takes_a_file_breaks(any_app: Flask, world: World) -> None:
    takers = [form for form in forms(any_app, world) if form.files]
    assert len(takers) >= 4
    wrong = []
    for form in takers:
        for what, content in FILES.items():
            for name in ("data.csv", "data.xlsx", "../../../x.csv", "\u202exslx.csv", "n" * 300 + ".csv"):
                files = {field: (io.BytesIO(content), name) for field in form.files}
                answer = someone(any_app, world, LETTER).post(form.path, data={**form.fields, **files})
                if not _harmless(answer):
                    wrong.append(f"{form} with {what} as {name[:20]}: {answer.status_code}")
                answer.close()
    gc.collect()  # here, where the warnings about the test client's files are expected
    assert wrong == []
