"""Drafts, publishing, retiring."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from survey.design.reading import check
from survey.design.service import (
    Incomplete,
    bring_back,
    delete_draft,
    draft_from,
    publish,
    retire,
    save_draft,
)
from survey.design.source import DefinitionErrors
from survey.errors import Conflict
from survey.extensions import db
from survey.models import Questionnaire, Status, Version
from tests import factories
from tests.survey.questions.samples import words


def _named() -> dict[str, dict[str, object]]:
    """A privacy notice that says the answers are not anonymous."""
    return {"privacy": {"notice": words("We know who you are."), "anonymous": False}}


def test_saving_again_changes_the_draft_and_makes_no_second_one(app: Flask) -> None:
    first = save_draft(factories.document())
    second = save_draft(factories.document(layout="by_section"))
    assert second is first
    assert second.definition["layout"] == "by_section"


def test_a_wrong_document_is_not_saved(app: Flask) -> None:
    with pytest.raises(DefinitionErrors):
        save_draft(factories.document(layout="sideways"))
    assert db.session.scalars(select(Questionnaire)).all() == []


def test_publishing_supersedes_the_version_before(any_app: Flask) -> None:
    questionnaire = factories.published()
    earlier = questionnaire.published
    draft = save_draft(factories.document(thanks=words("Thank you")))
    publish(draft)
    assert earlier is not None
    assert (earlier.status, draft.status, draft.number) == (Status.SUPERSEDED, Status.PUBLISHED, 2)
    assert draft.published_at is not None
    assert questionnaire.published is draft


def test_a_version_is_published_once(app: Flask) -> None:
    version = factories.published().published
    assert version is not None
    with pytest.raises(Conflict):
        publish(version)


def test_a_published_definition_cannot_be_changed(any_app: Flask) -> None:
    version = factories.published().published
    assert version is not None
    version.definition = factories.document(layout="by_section")
    with pytest.raises(ValueError, match="frozen"):
        db.session.flush()


def test_missing_translations_keep_a_draft_from_being_published(app: Flask) -> None:
    draft = save_draft(factories.document(thanks={"en": "Thank you"}))
    with pytest.raises(Incomplete) as caught:
        publish(draft)
    assert caught.value.missing == [("zh_Hans", "thanks")]
    assert draft.status == Status.DRAFT


def test_an_unchanged_question_goes_on_in_its_series_and_a_changed_one_does_not(any_app: Flask) -> None:
    first = factories.published().published
    assert first is not None
    db.session.commit()
    db.session.expire_all()  # PostgreSQL gives keys back in an order of its own
    changed = factories.document()
    changed["sections"][0]["questions"][1]["wording"] = words("Why is that?")
    second = save_draft(changed)
    publish(second)
    assert second.series["staff"] == first.series["staff"]
    assert second.series["*"] == first.series["*"]
    assert second.series["why"] != first.series["why"]


def test_a_stored_definition_reads_the_same_on_each_engine(any_app: Flask) -> None:
    version = factories.published().published
    assert version is not None
    db.session.commit()
    db.session.expire_all()
    assert check(version.definition) == check(factories.document())


def test_anonymity_is_locked_by_the_first_response(app: Flask) -> None:
    link = factories.link()
    publish(save_draft(factories.document(**_named())))
    publish(save_draft(factories.document()))
    factories.response(link, {"staff": 5})
    with pytest.raises(Conflict, match="anonymous"):
        publish(save_draft(factories.document(**_named())))


def test_a_draft_can_begin_as_a_copy_of_an_earlier_version(app: Flask) -> None:
    questionnaire = factories.published()
    assert questionnaire.published is not None
    draft = draft_from(questionnaire.published)
    assert (draft.number, draft.status) == (2, Status.DRAFT)
    assert draft.definition == questionnaire.published.definition
    with pytest.raises(Conflict, match="draft already"):
        draft_from(questionnaire.published)


def test_a_deleted_draft_leaves_the_published_version(any_app: Flask) -> None:
    questionnaire = factories.published()
    delete_draft(save_draft(factories.document()))
    db.session.commit()
    assert [version.number for version in questionnaire.versions] == [1]


def test_a_questionnaire_goes_with_its_only_draft(any_app: Flask) -> None:
    delete_draft(save_draft(factories.document()))
    db.session.commit()
    assert db.session.scalars(select(Version)).all() == []
    assert db.session.scalars(select(Questionnaire)).all() == []


def test_what_was_published_cannot_be_deleted(app: Flask) -> None:
    version = factories.published().published
    assert version is not None
    with pytest.raises(Conflict):
        delete_draft(version)


def test_a_retired_questionnaire_can_be_brought_back(app: Flask) -> None:
    questionnaire = factories.published()
    retire(questionnaire)
    assert questionnaire.retired_at is not None
    bring_back(questionnaire)
    assert questionnaire.retired_at is None


def test_a_draft_alone_cannot_be_retired(app: Flask) -> None:
    with pytest.raises(Conflict):
        retire(save_draft(factories.document()).questionnaire)
