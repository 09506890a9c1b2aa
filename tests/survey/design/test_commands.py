"""`flask questionnaires`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import Result
from flask import Flask

from survey.design import library, queries
from survey.design.commands import questionnaire_commands
from tests import factories


def _run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(questionnaire_commands, words)


def test_the_whole_library_is_loaded_once(app: Flask) -> None:
    assert _run(app, "load-all", "--publish").exit_code == 0
    assert queries.codes() == set(library.codes())
    assert _run(app, "load-all").output == ""


def test_what_is_here_and_what_ships_is_listed(app: Flask) -> None:
    _run(app, "load", "nhs-fft")
    lines = _run(app, "list").output.splitlines()
    assert "nhs-fft\tdraft\tversion 1" in lines
    assert "rater\tin the library" in lines


def test_a_draft_is_published_and_printed(app: Flask) -> None:
    _run(app, "load", "nhs-fft")
    assert "version 1 published" in _run(app, "publish", "nhs-fft").output
    assert json.loads(_run(app, "export", "nhs-fft").output) == library.document("nhs-fft")
    assert _run(app, "publish", "nhs-fft").exit_code == 1


def test_a_file_with_errors_is_refused_with_lines(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(factories.document(layout="sideways"), indent=1))
    result = _run(app, "load", str(file))
    assert result.exit_code == 1
    assert "layout" in result.output and "line " in result.output


def test_missing_translations_are_named(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "half.json"
    file.write_text(json.dumps(factories.document(thanks={"en": "Thank you"})))
    _run(app, "load", str(file))
    assert "zh_Hans: thanks" in _run(app, "publish", "small").output


def test_what_is_not_there_is_said_in_one_line(app: Flask) -> None:
    for words in (["load", "nothing"], ["publish", "nothing"], ["export", "nothing"]):
        result = _run(app, *words)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert len(result.output.splitlines()) == 1
