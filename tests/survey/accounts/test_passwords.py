from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from survey.accounts.passwords import weaknesses
from survey.models import User
from tests.factories import PASSWORD
from tests.survey.accounts.people import alerts, person, sign_in


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short pwd", "Please use 10 characters or more, and at most 128."),
        ("x" * 129, "Please use 10 characters or more, and at most 128."),
        ("aaaaaaaaaaaa", "Please use at least 5 different characters."),
        ("my-NURSE.CHEN-2026", "Please use a password without your own name or e-mail address."),
        ("i am Chen Xiaoming", "Please use a password without your own name or e-mail address."),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(client: FlaskClient, password: str, said: str) -> None:
    person(email="nurse.chen@example.org", name="Chen Xiaoming")
    sign_in(client, "nurse.chen@example.org")
    form = {"password": PASSWORD, "new_password": password, "new_password_confirm": password}
    answer = client.post("/change", data=form)
    assert answer.status_code == 200
    assert alerts(answer) == [said]


def test_the_present_password_is_needed_and_the_new_one_twice(client: FlaskClient) -> None:
    person(email="ward@example.org")
    sign_in(client, "ward@example.org")
    new = "a long enough secret"
    wrong = {"password": "guess guess guess", "new_password": new, "new_password_confirm": new}
    assert alerts(client.post("/change", data=wrong)) == ["This is not your present password."]
    differing = {"password": PASSWORD, "new_password": new, "new_password_confirm": new + "x"}
    assert alerts(client.post("/change", data=differing)) == ["The two passwords differ."]


def test_a_short_name_may_be_part_of_a_password(client: FlaskClient) -> None:
    assert weaknesses("a reliable anvil", User(name="李 Li", email="li@example.org")) == []


def test_a_chinese_password_is_as_good_as_another(client: FlaskClient) -> None:
    assert weaknesses("床前明月光疑是地上霜", User(name="陈小明", email="chen@example.org")) == []
