from __future__ import annotations

from pathlib import Path

import pytest

from survey import create_app
from survey.config import SettingError
from survey.mail_settings import mail_config
from tests.conftest import settings_for


def test_each_kind_of_address_becomes_its_settings() -> None:
    smtp = mail_config("smtp://me%40x:p%2Fw@mail.example:587", "a@x")
    assert (smtp["MAIL_SERVER"], smtp["MAIL_PORT"], smtp["MAIL_USERNAME"], smtp["MAIL_PASSWORD"]) == (
        "mail.example",
        587,
        "me@x",
        "p/w",
    )
    assert (smtp["MAIL_USE_TLS"], smtp["MAIL_USE_SSL"]) == (True, False)
    smtps = mail_config("smtps://mail.example", "a@x")
    assert (smtps["MAIL_PORT"], smtps["MAIL_USE_TLS"], smtps["MAIL_USE_SSL"]) == (465, False, True)
    assert mail_config("smtp://mail.example", "a@x")["MAIL_PORT"] == 25
    assert mail_config("file:///var/out", "a@x")["MAIL_FILE_PATH"] == "/var/out"
    assert mail_config("console:", "a@x")["MAIL_BACKEND"] == "console"
    assert mail_config("", "a@x")["MAIL_BACKEND"] == "dummy"


@pytest.mark.parametrize("url", ["smtp://", "smtp://host:port", "smtp://host:99999", "file:", "file:///"])
def test_an_address_that_cannot_be_used_stops_the_start_with_one_line(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refused:
        create_app(settings_for(tmp_path, MAIL_URL=url))
    assert str(refused.value).startswith("MAIL_URL: ")
    assert "\n" not in str(refused.value)
