"""Mail scanners open links before people do: nothing may be stored, and the link must still be good."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urlencode, urljoin

from sqlalchemy import func, select

from survey.extensions import db, reading
from survey.models import Invitation, Response
from tests.bench.clients import Answer, Client, Target, once
from tests.bench.installation import Installation, installation
from tests.bench.rounds import open_link
from tests.bench.table import Figure
from tests.bench.torture import browsing, web
from tests.bench.torture.repeats import personal_links
from tests.bench.visits import body, filled, receipt_in

ODD = ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "LOCK", "get", "FOO")
PREFETCH = ("Purpose: prefetch", "Sec-Purpose: prefetch;prerender", "X-Moz: prefetch", "X-Purpose: preview")
AGENTS = ("BarracudaCentral", "Mozilla/5.0 (Windows NT 10.0) SafeLinks", "Slackbot-LinkExpanding 1.0", "")
_LINK = re.compile(r'(?:href|src|action|formaction)="([^"#]+)"')

Scanner = Callable[[Target, str], object]


def asked(target: Target, path: str, method: str = "GET", *headers: str, sent: bytes = b"") -> Answer:
    """One request on a connection of its own, which the scanner then drops; HEAD is not waited for."""
    client = Client(target)
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    if sent:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(sent)}"]
    opened = client.connect()
    opened.sendall("\r\n".join([*lines, "", ""]).encode() + sent)
    received = b""
    while more := opened.recv(65536):
        received += more
    client.close()
    head, _gap, rest = received.partition(b"\r\n\r\n")
    return Answer(int(head[9:12] or 0), head, rest)


def opens(target: Target, path: str) -> None:
    for agent in AGENTS:
        asked(target, path, "GET", f"User-Agent: {agent}")


def asks_for_the_head(target: Target, path: str) -> None:
    asked(target, path, "HEAD")


def asks_what_is_allowed(target: Target, path: str) -> None:
    asked(target, path, "OPTIONS")
    asked(target, path, "OPTIONS", "Origin: https://scanner.example", "Access-Control-Request-Method: POST")


def asks_for_a_part(target: Target, path: str) -> None:
    asked(target, path, "GET", "Range: bytes=0-1023")


def fetches_ahead(target: Target, path: str) -> None:
    for header in PREFETCH:
        asked(target, path, "GET", header)


def uses_odd_methods(target: Target, path: str) -> None:
    for method in ODD:
        asked(target, path, method)


def rewrites_the_address(target: Target, path: str) -> None:
    for other in (path.upper(), path.lower(), f"{path}/", f"{path}?utm_source=mail&x=1", f"{path};id=1",
                  f"/{path}", f"{path}%20", f"{path}?_go=send", f"{path}?lang=xx"):  # fmt: skip
        asked(target, other)


def follows_every_link(target: Target, path: str) -> None:
    page = once(target, path).body.decode()
    for link in {urljoin(path, unescape(found)) for found in _LINK.findall(page)}:
        if link.startswith("/"):
            asked(target, link)


def sends_the_form_in_the_address(target: Target, path: str) -> None:
    page = once(target, path).body.decode()
    asked(target, f"{path}?{urlencode(filled(page, 'a scanner'))}")


def posts_nothing(target: Target, path: str) -> None:
    """And the form as it was found, with its key but no answer."""
    for sent in (b"", b"=", b"_go=send", body_without_answers(target, path)):
        asked(target, path, "POST", *([] if sent else ["Content-Length: 0"]), sent=sent)


def body_without_answers(target: Target, path: str) -> bytes:
    hidden = [pair for pair in filled(once(target, path).body.decode(), "") if pair[0].startswith("_")]
    return urlencode(hidden).encode()


def runs_scripts(target: Target, path: str) -> None:
    if browsing.CHROMIUM.exists():
        browsing.detonate(f"http://{target[0]}:{target[1]}{path}")


SCANNERS: tuple[Scanner, ...] = (
    opens, asks_for_the_head, asks_what_is_allowed, asks_for_a_part, fetches_ahead, uses_odd_methods,
    rewrites_the_address, follows_every_link, sends_the_form_in_the_address, posts_nothing, runs_scripts,
)  # fmt: skip


def traces() -> int:
    """Responses stored, and personal links spent."""
    with reading():
        responses = db.session.scalar(select(func.count()).select_from(Response)) or 0
        spent = db.session.scalar(select(func.count()).where(Invitation.used_at.is_not(None))) or 0
        db.session.rollback()
    return responses + spent


def scanned(made: Installation, paths: list[str]) -> tuple[int, int]:
    """After all scanners: traces they left, and links that do not work any more."""
    for path in paths:
        for scanner in SCANNERS:
            scanner(made.target, path)
    left = traces()
    forms = [body(once(made.target, path), "a person, after the scanners") for path in paths]
    client = Client(made.target)
    dead = sum(receipt_in(client.post(path, form)) is None for path, form in zip(paths, forms, strict=True))
    client.close()
    return left, dead


def figures(engine: str, _size: int, _seed: int) -> Iterator[Figure]:
    with installation(engine) as made:
        web.start(made)
        paths = [
            open_link("nhs-fft"),
            *(f"/i/{token}" for token in personal_links("scanned", 2, anonymous=True)),
        ]
        paths += [f"/i/{token}" for token in personal_links("scanned-known", 2, anonymous=False)]
        left, dead = scanned(made, paths)
        yield Figure(
            f"{len(paths)} links opened by {len(SCANNERS)} scanners: responses stored, links spent",
            f"{left}",
            "0",
        )
        yield Figure("links that do not work for a person afterwards", f"{dead}", "0")
