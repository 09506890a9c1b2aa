"""The chart library out of its package."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey import static_files


def _address(app: Flask) -> str:
    with app.test_request_context():
        return url_for("static_files.plotly", version=static_files.fingerprint(static_files.plotly_file()))


def _sent(client: FlaskClient, address: str, encodings: str) -> TestResponse:
    with client.get(address, headers={"Accept-Encoding": encodings}) as answer:
        assert answer.data
        return answer


def test_the_chart_library_is_compressed_once_and_kept_for_ever(app: Flask, client: FlaskClient) -> None:
    answers = [_sent(client, _address(app), "gzip, br") for _ in range(2)]
    kept = list((app.extensions["settings"].data_dir / "cache").iterdir())
    assert len(kept) == 1
    for answer in answers:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.data == kept[0].read_bytes()
        assert gzip.decompress(answer.data) == static_files.plotly_file().read_bytes()


def test_a_browser_that_cannot_decompress_gets_it_plain(app: Flask, client: FlaskClient) -> None:
    answer = _sent(client, _address(app), "identity")
    assert "Content-Encoding" not in answer.headers
    assert answer.data == static_files.plotly_file().read_bytes()


def test_another_version_is_not_here(client: FlaskClient) -> None:
    assert client.get("/plotly-0.js").status_code == 404


def test_the_sheet_for_maps_is_known() -> None:
    assert static_files.map_style_id() in static_files.plotly_file().read_text("utf-8")
    assert len(static_files.map_style_id()) == 64


def test_two_who_are_the_first_at_the_same_moment_both_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, replace = Barrier(2, timeout=10), Path.replace

    def when_both_are_written(self: Path, target: Path) -> Path:
        both.wait()
        return replace(self, target)

    file = tmp_path / "library.js"
    file.write_text("let it = 1")
    monkeypatch.setattr(Path, "replace", when_both_are_written)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda _turn: static_files.compressed(file, tmp_path), range(2)))
    assert [gzip.decompress(one.read_bytes()) for one in found] == [b"let it = 1"] * 2
    assert len(list((tmp_path / "cache").iterdir())) == 1
