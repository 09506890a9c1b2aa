from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.locales import closest
from tests import factories


def test_a_stranger_is_sent_to_the_sign_in_page(client: FlaskClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert "/login" in answer.headers["Location"]


def test_an_unknown_page_is_a_friendly_404(client: FlaskClient) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert b"nothing here" in answer.data


def test_every_way_to_write_traditional_chinese_is_one_locale() -> None:
    assert {closest(tag) for tag in ("zh-TW", "zh_HK", "zh-Hant-MO", "ZH-hant")} == {"zh_Hant"}
    assert closest("zh") == closest("zh-CN") == closest("zh_SG") == "zh_Hans"
    assert closest("fr") is None


@pytest.mark.parametrize(
    "path",
    [
        "/users?search=%00",
        "/users?unit=%00",
        "/organisation/units/%00",
        "/questionnaires/%00",
        "/links?unit=%00",
    ],
)
def test_a_nul_in_an_address_is_nothing_to_any_database(any_app: Flask, path: str) -> None:
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory())
    assert client.get(path).status_code in (200, 400, 404)
