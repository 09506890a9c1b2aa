from __future__ import annotations

import pytest

from survey.errors import Invalid
from survey.intake.maps import read_map
from survey.intake.uploads import examples
from tests.survey.intake.files import MAP


@pytest.mark.parametrize("name", sorted(examples()))
def test_every_example_map_is_valid(name: str) -> None:
    assert read_map(examples()[name]).columns()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (MAP.replace("key =", "keys ="), "key"),
        (MAP.replace('column = "unit"', 'colum = "unit"'), "unit.colum"),
        (MAP.replace('"%d/%m/%Y"', '"%d/%m"'), "date"),
        (MAP.replace("[channel]", '[channel]\ncolumn = "x"'), "channel"),
        (MAP.replace("formats = [", "formats = [] # ["), "date.formats"),
        (MAP.replace("[ratings.staff]", "[ratings.Staff]"), "ratings.Staff"),
        (MAP + "[file]\nencoding = 'latin-1'", "file.encoding"),
        ("key = = 1", "line 1"),
    ],
)
def test_a_wrong_map_is_refused_with_the_place_of_the_fault(wrong: str, named: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_map(wrong)
    assert named in str(refused.value)


def test_blanks_in_names_are_read_as_in_files() -> None:
    read = read_map(MAP.replace('"unit"', '" unit\u00a0 name "'))
    assert ("unit.column", "unit name") in read.columns()


def test_a_map_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(Invalid):
        read_map("a = " + "[" * 50_000)
