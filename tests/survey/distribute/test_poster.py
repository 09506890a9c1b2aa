"""Posters and QR codes."""

from __future__ import annotations

import io
import struct
from xml.etree import ElementTree

import segno
from flask import Flask

from survey.distribute import poster, qr
from tests import factories

ADDRESS = "https://survey.example/s/bcdf2345"


def test_the_svg_holds_the_code_of_the_address_on_white() -> None:
    drawing = ElementTree.fromstring(qr.svg(ADDRESS))
    expected = io.BytesIO()
    segno.make_qr(ADDRESS, error="q").save(expected, kind="svg", border=4)
    path = "{http://www.w3.org/2000/svg}path"
    lines = [found.get("d") for found in drawing.iter(path) if found.get("stroke")]
    assert lines == [found.get("d") for found in ElementTree.fromstring(expected.getvalue()).iter(path)]
    assert any(found.get("fill") == "#fff" for found in drawing.iter(path))
    assert not list(drawing.iter("{http://www.w3.org/2000/svg}style"))


def test_the_png_is_sharp_enough_for_print() -> None:
    width, height = struct.unpack(">II", qr.png(ADDRESS)[16:24])
    assert width == height >= qr.PIXELS


def test_a_poster_promises_anonymity_only_where_it_is_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        assert all(edition.promise for edition in poster.editions(factories.link()))
        privacy = factories.document()["privacy"] | {"anonymous": False}
        named = factories.link(questionnaire=factories.published(code="named", privacy=privacy))
        assert not any(edition.promise for edition in poster.editions(named))


def test_the_time_it_takes_grows_with_the_questions() -> None:
    short = factories.definition()
    sections = factories.document()["sections"]
    many = [sections[0]["questions"][0] | {"code": f"q{n}"} for n in range(13)]
    long = factories.definition(sections=[sections[0] | {"questions": many}])
    assert poster.minutes_for(short) == 1
    assert poster.minutes_for(long) == 3
