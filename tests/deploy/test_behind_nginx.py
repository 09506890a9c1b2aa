"""What holds when nginx stands in front as docs/deploy/nginx.conf says."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections import Counter
from html import unescape

import pytest
import requests

from tests.deploy.conftest import NAME, Site

pytestmark = [
    pytest.mark.xdist_group("deploy"),
    pytest.mark.filterwarnings("ignore:Unverified HTTPS request"),
]


def test_a_survey_is_answered_through_nginx(site: Site) -> None:
    page = site.ask(site.page)
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert _sent(site) == 303


def test_plain_http_leads_to_https(site: Site) -> None:
    answer = site.plain(site.page)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{NAME}{site.page}")


def test_plain_http_leads_to_no_other_house(site: Site) -> None:
    answer = site.plain(site.page, host="evil.example")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{NAME}{site.page}")


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_machines_is_not_on_the_internet(site: Site, path: str) -> None:
    assert site.ask(path).status_code == 404
    assert site.direct(path).status_code == 200


def test_the_log_names_no_link_and_no_address(site: Site) -> None:
    site.ask("/i/Zk3vXq8Rt1LmN0pQ?source=mail")
    site.plain("/i/Zk3vXq8Rt1LmN0pQ?source=mail")
    site.plain("/i/Zk3vXq8Rt1LmN0pQ?source=mail", host="evil.example")
    site.ask(site.page)
    until = time.monotonic() + 10
    while "GET /i/- " not in (log := (site.folder / "afterword.log").read_text()):
        assert time.monotonic() < until, log
        time.sleep(0.1)
    log += "".join((site.folder / name).read_text() for name in ("everything.log", "error.log"))
    for secret in ("Zk3vXq8Rt1LmN0pQ", "source=mail", "127.0.0.1", site.page):
        assert secret not in log


def test_forged_proxy_headers_change_no_link(site: Site) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "X-Forwarded-Proto": "http",
    }
    answer = site.ask("/", headers=forged)
    assert "evil" not in answer.headers.get("Location", "") + answer.text


def test_every_process_counts_into_the_same_figures(site: Site) -> None:
    before = _requests(site)
    for _time in range(40):
        site.ask(site.page)
    assert _requests(site) - before == 40


def test_loading_the_program_anew_loses_no_request(site: Site) -> None:
    outcomes: Counter[int | str] = Counter()
    stop = threading.Event()
    people = [threading.Thread(target=_keep_answering, args=(site, outcomes, stop)) for _ in range(4)]
    for person in people:
        person.start()
    first = _children(site)
    for _time in range(2):
        before = _children(site)
        site.web.send_signal(1)
        _until_replaced(site, before)
    stop.set()
    for person in people:
        person.join(60)
    assert not first & _children(site)
    assert set(outcomes) == {200, 303}
    assert outcomes[303] >= 4


def _sent(site: Site) -> int:
    """One person's answers to the demonstration's questionnaire, page after page."""
    html = site.ask(site.page).text
    for _page in range(12):
        answer = site.ask(site.page, "POST", data=_filled(html))
        if answer.status_code != 200:
            return answer.status_code
        html = answer.text
    raise AssertionError("the questionnaire has no end")


def _filled(html: str) -> dict[str, str]:
    """The hidden fields, and the first choice of each group of radio buttons."""
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") in ("hidden", "radio") and "name" in found:
            fields.setdefault(found["name"], unescape(found.get("value", "")))
    return fields


def _keep_answering(site: Site, outcomes: Counter[int | str], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            outcomes[site.ask(site.page).status_code] += 1
            outcomes[_sent(site)] += 1
        except requests.RequestException as error:
            outcomes[type(error).__name__] += 1


def _requests(site: Site) -> float:
    lines = site.direct("/metrics").text.splitlines()
    wanted = 'afterword_requests_total{method="GET",part="survey",status="200"}'
    return sum(float(line.split()[-1]) for line in lines if line.startswith(wanted))


def _children(site: Site) -> set[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(site.web.pid)], capture_output=True, text=True)
    return {int(pid) for pid in found.stdout.split()}


def _until_replaced(site: Site, before: set[int]) -> None:
    until = time.monotonic() + 90
    while before & (now := _children(site)) or not now:
        assert time.monotonic() < until, "the old processes are still there"
        time.sleep(0.3)
