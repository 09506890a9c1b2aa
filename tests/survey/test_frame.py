from __future__ import annotations

from flask.testing import FlaskClient

from survey.locales import closest


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
