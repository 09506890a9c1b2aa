"""Respondents: the form as a browser without JavaScript sees it, filled in and sent."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

from tests.bench.clients import Answer, Client, Target, load, post_bytes

RECEIPT = re.compile(r"/receipt/([0-9A-Z-]+)")
_TAG = re.compile(r"<(?:input|textarea)[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def filled(html: str, comment: str) -> list[tuple[str, str]]:
    """The hidden fields, the first choice of each group of radio buttons, and the comment in every text field."""
    fields: dict[str, str] = {}
    for tag in _TAG.findall(html):
        found = dict(_ATTRIBUTE.findall(tag))
        if "name" not in found:
            continue
        if tag.startswith("<textarea"):
            fields[found["name"]] = comment
        elif found.get("type") in ("hidden", "radio"):
            fields.setdefault(found["name"], unescape(found.get("value", "")))
    return [*fields.items(), ("_go", "send")]


def body(page: Answer, comment: str) -> bytes:
    return urlencode(filled(page.body.decode(), comment)).encode()


def receipt_in(answer: Answer) -> str | None:
    """The receipt that acknowledges a submission."""
    found = RECEIPT.search(answer.header("Location")) if answer.status == 303 else None
    return found.group(1) if found else None


def submissions(target: Target, path: str, count: int, comment: str) -> list[bytes]:
    """Requests ready to be sent, each with a form of its own."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()] * count
    return sending(path, load(target, requests, 4, 200).answers, comment)


def sending(path: str, pages: list[Answer], comment: str) -> list[bytes]:
    """Forms differ in their key only, so one is read and the key of the others put in its place."""
    key = re.compile(rb'name="_key" value="([^"]+)"')
    found = [unescape(m.group(1).decode()) for page in pages if (m := key.search(page.body))]
    others = [pair for pair in filled(pages[0].body.decode(), comment) if pair[0] != "_key"]
    if len(set(found)) != len(pages):
        raise RuntimeError("forms without a key of their own")
    return [post_bytes(path, urlencode([("_key", key), *others]).encode()) for key in found]


def submit(client: Client, path: str, comment: str) -> str | None:
    """One visit; the receipt."""
    return receipt_in(client.post(path, body(client.get(path), comment)))
