"""The demonstration: a hospital and a power company with 18 months of responses. See docs/demo.md."""

from __future__ import annotations

from sqlalchemy import select

from survey.config import Settings
from survey.demo.build import build
from survey.demo.organisation import PEOPLE
from survey.demo.password import demo_password
from survey.extensions import db
from survey.models import Questionnaire, User

LINKS = ("demozh", "demoen")  # short addresses of the two survey links


def database_is_empty() -> bool:
    found = db.session.scalar(select(User.id).limit(1)) or db.session.scalar(
        select(Questionnaire.id).limit(1)
    )
    db.session.rollback()
    return found is None


def make(responses: int = 20_000, seed: int = 1) -> None:
    """Builds and processes the demonstration; takes about half a minute. Commits."""
    build(responses, seed)


def welcome(settings: Settings) -> str:
    """The log-ins and the two survey links, when the database holds the demonstration; else nothing."""
    emails = [email for _name, email, *_rest in PEOPLE]
    known = set(db.session.scalars(select(User.email).where(User.email.in_(emails))))
    db.session.rollback()
    if not known:
        return ""
    lines = [f"  {name:<18} {email}" for name, email, *_rest in PEOPLE if email in known]
    chinese, english = (f"{settings.base_url}/s/{code}" for code in LINKS)
    return "\n".join(
        ["", f"Demonstration log-ins, all with the password {demo_password(settings)}:", *lines, "",
         f"Survey in Chinese: {chinese}", f"Survey in English: {english}"]
    )  # fmt: skip
