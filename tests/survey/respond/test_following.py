"""The customer and those who look after the case, talking through the receipt."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import clock
from survey.cases import service, talking, together
from survey.extensions import db
from survey.models import Case, CaseCause, CaseEvent, CaseState, CaseText, Message, Response, User
from survey.processing import erasing
from survey.respond.following import LONGEST, sure
from tests import factories

RECEIPT = "7KQ2-9FXM-3TB{}"


@pytest.fixture
def client(any_app: Any) -> FlaskClient:
    return any_app.test_client()  # type: ignore[no-any-return]


@pytest.fixture
def link(any_app: Any) -> Any:
    return factories.link(questionnaire=factories.published())


def _response(link: Any, number: int = 0) -> Response:
    made = factories.response(link, {"staff": 1}, receipt=RECEIPT.format(number))
    db.session.commit()
    return made


def _case(link: Any, *responses: Response) -> tuple[Case, User]:
    staff = factories.UserFactory(role="staff", unit_id=link.unit_id)
    reasons = [{"code": "low", "names": {"en": "Low"}}]
    case = service.open_case(link.unit_id, "ordinary", [one.id for one in responses], reasons, clock.now())
    service.acknowledge(case, staff, "She waited long", "I call the ward")
    db.session.commit()
    return case, staff


def _resolve(case: Case, staff: User) -> None:
    cause = CaseCause(names={"en": "Waiting"})
    db.session.add(cause)
    db.session.flush()
    service.resolve(case, staff, cause, "A second counter", "The customer was told")
    db.session.commit()


def _page(client: FlaskClient, response: Response) -> str:
    return client.get(f"/receipt/{response.receipt}/case?lang=en").text


def _send(client: FlaskClient, response: Response, **given: str) -> Any:
    data = {"sure": sure(response.receipt)} | given
    return client.post(f"/receipt/{response.receipt}/case?lang=en", data=data)


def test_a_customer_without_a_case_writes_and_somebody_has_to_answer(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    assert "nobody follows them up" in _page(client, response)
    assert _send(client, response, text="Who can tell me about my bill?").status_code == 303
    case = db.session.scalars(select(Case)).one()
    assert (case.unit_id, case.state, case.responses) == (link.unit_id, CaseState.OPEN, 1)
    assert "Who can tell me about my bill?" in _page(client, response)
    assert b"bill" not in db.session.scalars(select(CaseText.sealed)).one()


def test_an_answer_is_read_behind_the_receipt(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    case, staff = _case(link, response)
    talking.say(case, staff, "We are sorry <b>and</b> call you tomorrow.", to=response.id)
    db.session.commit()
    page = _page(client, response)
    assert "Somebody is looking into it." in page
    assert "We are sorry &lt;b&gt;and&lt;/b&gt; call you tomorrow." in page
    assert staff.name not in page and staff.email not in page


def test_customers_of_one_case_read_nothing_of_each_other(client: FlaskClient, link: Any) -> None:
    one, other = _response(link, 1), _response(link, 2)
    case, staff = _case(link, one, other)
    _send(client, one, text="My neighbour in bed four saw it too")
    talking.say(case, staff, "Only for the first", to=one.id)
    talking.say(case, staff, "For all of you")
    db.session.commit()
    mine, theirs = _page(client, one), _page(client, other)
    assert "bed four" in mine and "Only for the first" in mine and "For all of you" in mine
    assert "bed four" not in theirs and "Only for the first" not in theirs and "For all of you" in theirs


def test_the_same_words_sent_twice_are_one_message(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    _case(link, response)
    for _press in range(2):
        assert _send(client, response, text="Hello?").status_code == 303
    assert _page(client, response).count("Hello?") == 1


def test_many_messages_without_an_answer_are_refused_with_the_words_kept(
    client: FlaskClient, link: Any
) -> None:
    response = _response(link)
    case, staff = _case(link, response)
    for number in range(talking.MOST_UNANSWERED):
        _send(client, response, text=f"Message {number}")
    refused = _send(client, response, text="One more")
    assert refused.status_code == 422 and "wait for our answer" in refused.text and "One more" in refused.text
    talking.say(case, staff, "Here we are")
    db.session.commit()
    assert _send(client, response, text="One more").status_code == 303


def test_a_content_customer_verifies_the_case(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    case, staff = _case(link, response)
    _resolve(case, staff)
    assert "How content are you" in _page(client, response)
    assert _send(client, response, rating="5").status_code == 303
    db.session.expire_all()
    assert (case.satisfaction, case.state) == (5, CaseState.VERIFIED)
    assert "You rated what we did: 5 of 5" in _page(client, response)


def test_a_customer_who_is_not_content_opens_it_again(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    case, staff = _case(link, response)
    _resolve(case, staff)
    _send(client, response, rating="1")
    db.session.expire_all()
    assert (case.satisfaction, case.state) == (1, CaseState.RESOLVED)
    assert _send(client, response, refuse="1", text="Nobody called me").status_code == 303
    db.session.expire_all()
    assert case.state == CaseState.REOPENED
    assert "Nobody called me" in _page(client, response)


@pytest.mark.parametrize("rating", ["0", "6", "five", "", "5.0", "٥"])
def test_a_rating_that_was_not_offered_is_refused(client: FlaskClient, link: Any, rating: str) -> None:
    response = _response(link)
    _resolve(*_case(link, response))
    assert _send(client, response, rating=rating).status_code == 422


def test_rating_and_objecting_wait_for_the_end(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    _case(link, response)
    assert _send(client, response, rating="5").status_code == 422
    assert _send(client, response, refuse="1", text="No").status_code == 422


def test_what_cannot_be_sent_is_told_and_kept(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    _case(link, response)
    assert _send(client, response, text=" ").status_code == 422
    assert _send(client, response, text="x" * (LONGEST + 1)).status_code == 422
    foreign = _send(client, response, text="Kept words", sure="wrong")
    assert foreign.status_code == 422 and "Kept words" in foreign.text
    assert db.session.scalar(select(CaseEvent).where(CaseEvent.kind == "message")) is None


def test_an_unknown_receipt_opens_nothing(client: FlaskClient, link: Any) -> None:
    _response(link)
    assert client.get("/receipt/0000-0000-0000/case").status_code == 404
    assert client.post("/receipt/0000-0000-0000/case", data={"text": "x"}).status_code == 404


def test_after_erasure_nothing_of_the_talk_is_left(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    _send(client, response, text="My name is Zhang Wei")
    erasing.erase([response.id], clock.today("Asia/Shanghai"))
    db.session.commit()
    assert db.session.scalars(select(CaseText)).all() == []
    assert _page(client, response).count("Zhang Wei") == 0


def test_a_merged_case_is_followed_where_it_went(client: FlaskClient, link: Any) -> None:
    one, other = _response(link, 1), _response(link, 2)
    (first, staff), (second, _) = _case(link, one), _case(link, other)
    together.merge(first, [second], staff, "The same evening")
    talking.say(first, staff, "We answer both of you")
    db.session.commit()
    assert "We answer both of you" in _page(client, other)


def test_staff_answer_on_the_page_of_the_case(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    case, staff = _case(link, response)
    factories.sign_in(client, staff)
    sent = {"text": "We are sorry and call you tomorrow.", "seen": str(case.events_count)}
    assert client.post(f"/cases/{case.public_id}/answer", data=sent).status_code == 303
    assert client.post(f"/cases/{case.public_id}/answer", data=sent).status_code in (409, 422)
    assert "We are sorry and call you tomorrow." in _page(client, response)


def test_who_owns_the_case_is_told_that_the_customer_wrote(client: FlaskClient, link: Any) -> None:
    response = _response(link)
    _case_made, staff = _case(link, response)
    assert _send(client, response, text="It has happened again").status_code == 303
    told = db.session.scalars(select(Message).where(Message.template == "case_written")).all()
    assert {message.user_id for message in told} == {staff.id}
