from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.recoverable import generate_reset_password_token
from limits import parse_many

from survey.accounts import throttle
from survey.accounts.throttle import network
from survey.counters import counters
from survey.extensions import db, limiter
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
    answers = [guess(guarded.test_client(), WHO, 1, f"10.0.0.{n}")[0] for n in range(42)]
    assert answers == [200] * 40 + [429] * 2


def come(client: FlaskClient, address: str, **more: str) -> int:
    given = {"email": WHO, "password": PASSWORD} | more
    return client.post("/login", data=given, environ_overrides={"REMOTE_ADDR": address}).status_code


def test_a_neighbour_who_guesses_all_day_keeps_no_new_browser_of_the_owner_out(guarded: Flask) -> None:
    person(email=WHO)
    for limit in throttle.BY_ACCOUNT:
        for _time in range(limit.amount):
            counters().hit(limit, "account", "security.login", throttle._digest(WHO), "10.0.0.0/24")
    assert guess(guarded.test_client(), WHO, 5, "10.0.0.9") == [200] * 3 + [429] * 2
    assert come(guarded.test_client(), "10.0.0.10") == 302


@pytest.fixture
def noisy(guarded: Flask) -> Flask:
    """One machine in the house has used up what the house's address may try."""
    client = guarded.test_client()
    answers = [guess(client, f"person{n}@example.org", 1, "10.0.0.1")[0] for n in range(61)]
    assert answers[-1] == 429
    return guarded


def test_a_machine_that_guesses_keeps_no_known_browser_behind_its_address_out(guarded: Flask) -> None:
    person(email=WHO)
    owner = guarded.test_client()
    assert come(owner, "10.0.0.1") == 302
    owner.post("/logout")
    guesser = guarded.test_client()
    assert 429 in [guess(guesser, f"person{n}@example.org", 1, "10.0.0.1")[0] for n in range(61)]
    assert come(guarded.test_client(), "10.0.0.1") == 429
    assert come(owner, "10.0.0.1") == 302


def test_who_is_signed_in_may_go_on_behind_the_address_of_one_who_guesses(guarded: Flask) -> None:
    person(email=WHO)
    owner = guarded.test_client()
    come(owner, "10.0.0.1")
    for n in range(61):
        guess(guarded.test_client(), f"person{n}@example.org", 1, "10.0.0.1")
    answer = owner.post("/verify", data={"password": PASSWORD}, environ_overrides={"REMOTE_ADDR": "10.0.0.1"})
    assert answer.status_code == 302


def test_a_link_that_sets_a_password_opens_the_door_that_neighbours_keep_shut(noisy: Flask) -> None:
    user = person(email=WHO)
    token = generate_reset_password_token(user)
    db.session.rollback()
    owner, here = noisy.test_client(), {"REMOTE_ADDR": "10.0.0.1"}
    assert come(owner, "10.0.0.1") == 429
    new = {"password": "another long enough secret", "password_confirm": "another long enough secret"}
    assert owner.post("/reset/" + token[:-2], data=new, environ_overrides=here).status_code == 429
    answer = owner.post(f"/reset/{token}", data=new, environ_overrides=here)
    assert answer.headers["Location"] == "/login"
    assert come(owner, "10.0.0.1", password=new["password"]) == 302
    assert is_signed_in(owner)


def test_who_is_slowed_is_told_how_long(guarded: Flask) -> None:
    guess(guarded.test_client(), WHO, 10, "127.0.0.1")
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
