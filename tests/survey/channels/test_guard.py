"""No address that somebody wrote leads into the private network, by whatever spelling, name or redirect."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from survey.channels import guard
from survey.channels.base import Away, Never, NotNow
from tests.survey.channels.conftest import House

PRIVATE = (
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/", "http://127.1:{port}/", "http://0.0.0.0:{port}/", "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/", "http://[::]:{port}/", "http://10.0.0.1/", "http://172.16.3.4/",
    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://[fd00::1]/",
    "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/",
    "http://user:secret@127.0.0.1:{port}/",
)  # fmt: skip
NO_ADDRESS = (
    "",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://x/",
    "http://",
    "//x",
    "http://[::1",
    "http://x:99999/",
)


@pytest.mark.parametrize("url", PRIVATE)
def test_a_private_address_is_refused_and_nobody_is_asked(house: House, url: str) -> None:
    with pytest.raises(Never, match="private address"):
        guard.post(url.format(port=house.port), b"x", {}, [])
    assert house.asked == []


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_address_on_the_web_is_refused(url: str) -> None:
    with pytest.raises(Never):
        guard.post(url, b"x", {}, [])


def test_a_host_that_an_administrator_allowed_is_asked(house: House) -> None:
    assert guard.post(house.url, b"x", {}, [house.host]).status == 200
    assert guard.post(house.url, b"x", {}, ["127.0.0.1"]).status == 200
    with pytest.raises(Never):
        guard.post(house.url, b"x", {}, [f"127.0.0.1:{house.port + 1}", "localhost"])


def test_a_name_that_changes_its_mind_leads_nowhere_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first answer is public, every later one is this machine. Only the first is used."""
    real: Callable[..., Any] = socket.getaddrinfo
    told: list[str] = []

    def rebinding(host: str, port: Any, *given: Any, **more: Any) -> Any:
        if host == "rebinding.example":
            told.append(host)
            host = "192.0.2.1" if len(told) == 1 else "127.0.0.1"
            host = "203.0.114.1" if len(told) == 1 else host  # public, and nobody answers there
        return real(host, port, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(guard, "PATIENCE", 1.0)
    with pytest.raises(NotNow):
        guard.post(f"http://rebinding.example:{house.port}/", b"x", {}, [])
    assert (len(told), house.asked) == (1, [])
    with pytest.raises(Never):  # and now it says where it is
        guard.post(f"http://rebinding.example:{house.port}/", b"x", {}, [])
    assert house.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_from_an_allowed_host_either(house: House, status: int) -> None:
    house.answer = lambda: (status, {"Location": f"http://localhost:{house.port}/secret"}, b"")
    with pytest.raises(Never, match="redirect"):
        guard.post(house.url, b"x", {}, [house.host])
    assert [asked.path for asked in house.asked] == ["/hook"]


@pytest.mark.parametrize(
    ("status", "expected"), [(500, NotNow), (503, NotNow), (429, NotNow), (400, Never), (410, Never)]
)
def test_an_answer_says_whether_another_try_is_worth_it(
    house: House, status: int, expected: type[Exception]
) -> None:
    house.answer = lambda: (status, {}, b"")
    with pytest.raises(expected):
        guard.post(house.url, b"x", {}, [house.host])


def test_an_endless_answer_is_cut_off(house: House) -> None:
    house.answer = lambda: (200, {}, b"x" * 1_000_000)
    assert len(guard.post(house.url, b"", {}, [house.host]).body) == guard.LONGEST_ANSWER


def test_a_proxy_of_the_environment_is_not_used(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert guard.post(house.url, b"x", {}, [house.host]).status == 200


def test_nobody_there_is_away(house: House) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Away):
        guard.post(f"http://127.0.0.1:{port}/", b"x", {}, ["127.0.0.1"])
