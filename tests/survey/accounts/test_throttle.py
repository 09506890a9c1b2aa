from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits import parse_many

from survey.accounts import throttle
from survey.accounts.throttle import network
from survey.extensions import limiter
from tests.factories import PASSWORD
from tests.survey.accounts.people import is_signed_in, person, sign_in

WHO = "ward@example.org"


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    app.config["RATELIMIT_ENABLED"] = True
    limiter.reset()
    yield app
    limiter.reset()


def guess(client: FlaskClient, email: str, times: int, address: str) -> list[int]:
    return [
        client.post(
            "/login",
            data={"email": email, "password": "not this one"},
            environ_overrides={"REMOTE_ADDR": address},
        ).status_code
        for _time in range(times)
    ]


def test_guessing_at_one_account_is_slowed_from_any_address_of_a_network(guarded: Flask) -> None:
    person(email=WHO)
    answers = [guess(guarded.test_client(), WHO, 1, f"10.0.0.{n}")[0] for n in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_who_is_slowed_is_told_how_long(guarded: Flask) -> None:
    guess(guarded.test_client(), WHO, 10, "127.0.0.2")
    answer = guarded.test_client().post("/login", data={"email": WHO, "password": "not this one"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


def test_an_account_that_does_not_exist_is_slowed_alike(guarded: Flask) -> None:
    assert guess(guarded.test_client(), "nobody@example.org", 12, "10.0.0.1") == [200] * 10 + [429] * 2


def test_guessing_at_many_accounts_from_one_address_is_slowed(guarded: Flask) -> None:
    client = guarded.test_client()
    answers = [guess(client, f"person{n}@example.org", 1, "10.0.0.1")[0] for n in range(62)]
    assert answers == [200] * 60 + [429] * 2


def test_the_owner_comes_in_from_a_known_browser_while_others_guess(guarded: Flask) -> None:
    person(email=WHO)
    owner = guarded.test_client()
    sign_in(owner, WHO)
    owner.post("/logout")
    assert guess(guarded.test_client(), WHO, 11, "10.0.0.9")[-1] == 429
    sign_in(owner, WHO)
    assert is_signed_in(owner)


def test_a_browser_known_to_one_account_gains_nothing_at_another(guarded: Flask) -> None:
    person(email="thief@example.org")
    person(email=WHO)
    thief = guarded.test_client()
    sign_in(thief, "thief@example.org")
    thief.post("/logout")
    assert guess(thief, WHO, 12, "10.0.0.9")[-1] == 429


def test_a_known_browser_is_slowed_too(guarded: Flask) -> None:
    person(email=WHO)
    client = guarded.test_client()
    sign_in(client, WHO)
    client.post("/logout")
    assert guess(client, WHO, 12, "10.0.0.9")[-1] == 429


def test_signing_in_wipes_the_slate(guarded: Flask) -> None:
    person(email=WHO)
    for _day in range(3):
        client = guarded.test_client()
        guess(client, WHO, 8, "10.0.0.1")
        sign_in(client, WHO)
        assert is_signed_in(client)


@pytest.fixture
def soon_attacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "FROM_EVERYWHERE", parse_many("12 per hour"))


def test_guesses_from_elsewhere_never_keep_the_owner_out(guarded: Flask, soon_attacked: None) -> None:
    """Not from one network, and not from many at once; the owner comes with a browser never seen before."""
    person(email=WHO)
    assert guess(guarded.test_client(), WHO, 11, "203.0.113.9")[-1] == 429
    for net in range(4):
        guess(guarded.test_client(), WHO, 2, f"10.{net}.0.1")
    owner = guarded.test_client()
    answer = owner.post(
        "/login",
        data={"email": WHO, "password": PASSWORD},
        environ_overrides={"REMOTE_ADDR": "198.51.100.7"},
    )
    assert answer.status_code == 302
    assert is_signed_in(owner)


def test_guessing_from_many_networks_leaves_each_of_them_three_tries(
    guarded: Flask, soon_attacked: None
) -> None:
    for net in range(6):
        guess(guarded.test_client(), WHO, 2, f"10.{net}.0.1")
    assert guess(guarded.test_client(), WHO, 5, "198.51.100.7") == [200] * 3 + [429] * 2


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("198.51.100.7", "198.51.100.200", True),
        ("198.51.100.7", "198.51.101.7", False),
        ("2001:db8:1:2::3", "2001:db8:1:ffff::9", True),
        ("2001:db8:1:2::3", "2001:db8:2:2::3", False),
        ("unknown", "unknown", True),
    ],
)
def test_neighbours_in_a_network_are_counted_together(one: str, other: str, alike: bool) -> None:
    assert (network(one) == network(other)) == alike
