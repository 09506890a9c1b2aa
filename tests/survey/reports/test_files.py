"""The PDF: made by the worker, once, with Chinese that can be read and searched; and the friendly state without it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey import clock, jobs
from survey.extensions import db
from survey.models import Report, Stage
from survey.pictures import NotMade
from survey.reports import making
from tests.conftest import settings_for
from tests.survey.reports.asking import asked, the_report, two_months
from tests.survey.results.pages import signed_in

needs_chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


@needs_chromium
@needs_poppler
def test_the_pdf_holds_chinese_text_and_the_fonts_for_it(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    two_months()
    address = asked(signed_in(client), language="zh_Hans")
    assert client.get(f"{address}/file.pdf").status_code == 404
    assert client.get(f"{address}/state").json == {"stage": "waiting"}
    assert jobs.make_reports() == 1
    answer = client.get(f"{address}/file.pdf")
    assert answer.mimetype == "application/pdf"
    file = tmp_path / "report.pdf"
    file.write_bytes(answer.data)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, check=True
    ).stdout.decode()
    for words in ("满意度报告", "例数", "满意例数", "工作人员如何？", "90.3%", "科室 ward-0"):
        assert words in text, words
    fonts = (
        subprocess.run(["pdffonts", file], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    )
    assert fonts
    told = [
        line.split()[-5:-2] for line in fonts
    ]  # embedded, only the characters that are used, known as text
    assert all((embedded, known) == ("yes", "yes") for embedded, _subset, known in told), fonts


def _pretend(monkeypatch: pytest.MonkeyPatch, content: bytes = b"%PDF-1.4") -> list[object]:
    """Chromium itself is tested above; here it is about who makes a file, and how often."""
    made: list[object] = []
    monkeypatch.setattr(making, "possible", lambda: True)
    monkeypatch.setattr(making, "pdf", lambda report: made.append(report.id) or content)
    return made


def test_a_killed_worker_s_report_is_made_again_and_once(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_months()
    asked(signed_in(any_app.test_client()))
    made = _pretend(monkeypatch)
    with monkeypatch.context() as killed:
        killed.setattr(making, "pdf", _killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.make_reports()
    assert the_report().stage == Stage.WAITING
    assert jobs.make_reports() == 0  # the lease of the killed one still runs
    later = clock.now() + making.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert jobs.make_reports() == 1
    assert jobs.make_reports() == 0
    assert (the_report().stage, the_report().pdf, len(made)) == (Stage.DONE, b"%PDF-1.4", 1)


def _killed(_report: Report) -> bytes:
    raise KeyboardInterrupt


def test_one_that_another_worker_took_over_is_not_stored_twice(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_months()
    asked(signed_in(any_app.test_client()))
    _pretend(monkeypatch)

    def overtaken(report: Report) -> bytes:
        number = report.id
        db.session.rollback()
        taken = db.session.get_one(Report, number)
        taken.stage, taken.pdf, taken.leased_until = Stage.DONE, b"%PDF of the other", None
        db.session.commit()
        return b"%PDF of this one"

    monkeypatch.setattr(making, "pdf", overtaken)
    jobs.make_reports()
    assert the_report().pdf == b"%PDF of the other"


def test_one_that_always_fails_is_given_up_and_can_be_tried_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_months()
    address = asked(signed_in(client))
    _pretend(monkeypatch)
    with monkeypatch.context() as failing:
        failing.setattr(making, "pdf", _fails)
        assert jobs.make_reports() == making.MOST_ATTEMPTS
    page = client.get(address).text
    assert "The PDF could not be made" in page and "/file.pdf" not in page and "/file.xlsx" in page
    assert client.post(f"{address}/again").status_code == 303
    assert jobs.make_reports() == 1
    assert client.get(f"{address}/file.pdf").status_code == 200


def _fails(_report: Report) -> bytes:
    raise NotMade("Chromium took too long")


def test_without_chromium_the_page_says_so_and_offers_the_rest(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    two_months()
    app.extensions["settings"] = settings_for(tmp_path, CHROMIUM="none")
    address = asked(signed_in(client))
    assert jobs.make_reports() == 1
    page = client.get(address).text
    assert "has no Chromium" in page and "/file.pdf" not in page
    assert client.get(f"{address}/file.xlsx").status_code == 200
