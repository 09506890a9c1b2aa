"""Flask-Security's mails."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask, current_app
from flask_mailman import EmailMultiAlternatives
from flask_security import MailUtil
from flask_security.mail_util import EmailValidateException

from survey.accounts.addresses import normal
from survey.errors import Invalid

log = logging.getLogger(__name__)
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


class Post(MailUtil):
    """Mails leave in the background: a reset takes the same time whether an account exists or not,
    and a mail server that is down stops nobody."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **_: Any
    ) -> None:
        connection = current_app.extensions["mailman"].get_connection()
        message = EmailMultiAlternatives(
            subject, body=body, from_email=str(sender), to=[recipient], connection=connection
        )
        if html:
            message.attach_alternative(html, "text/html")
        _post.submit(_send, current_app._get_current_object(), message)  # type: ignore[attr-defined]

    def normalize(self, email: str) -> str:
        try:
            return normal(email)
        except Invalid as error:
            raise EmailValidateException(str(error)) from None

    def validate(self, email: str) -> str:
        return self.normalize(email)


def _send(app: Flask, message: EmailMultiAlternatives) -> None:
    try:
        with app.app_context(), message.connection:
            message.send()
    except Exception:  # nobody waits for the answer; the mail holds a secret, so only its subject is told
        log.exception("could not send the mail %r", message.subject)


def sent() -> None:
    """Waits until every mail handed over so far has left."""
    _post.submit(lambda: None).result()
