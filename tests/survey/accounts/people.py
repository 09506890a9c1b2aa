"""People with passwords, and what they do in a browser."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from flask_security import hash_password
from werkzeug.test import TestResponse

from survey.extensions import db
from survey.models import User
from tests.factories import PASSWORD, UserFactory


def person(**given: Any) -> User:
    user: User = UserFactory(password=hash_password(PASSWORD), **given)
    db.session.commit()
    return user


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: Any) -> TestResponse:
    return client.post("/login", data={"email": email, "password": password} | more)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def alerts(answer: TestResponse) -> list[str]:
    """What the page says went wrong, as a whole and beside fields."""
    return re.findall(r'class="(?:notice error"[^>]*|error"[^>]*)>\s*([^<]+)', answer.text)
