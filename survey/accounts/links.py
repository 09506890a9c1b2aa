"""Links with which a person sets a password: each works once and for a few days."""

from __future__ import annotations

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_security.recoverable import generate_reset_password_token

from survey import audit
from survey.accounts.post import Post
from survey.accounts.security_settings import LINK_DAYS
from survey.accounts.service import end_sessions
from survey.models import User


def one_time_link(user: User) -> str:
    """A new link; earlier ones and the account's sessions end with it."""
    end_sessions(user)
    audit.record(audit.Deed.PASSWORD_LINK, user)
    token = generate_reset_password_token(user)
    base: str = current_app.extensions["settings"].base_url
    return f"{base}{current_app.config['SECURITY_RESET_URL']}/{token}"


def send(user: User, link: str) -> bool:
    """Mails the link in the person's language; False where no mail is set up."""
    settings = current_app.extensions["settings"]
    if not settings.mail_url:
        return False
    with force_locale(user.locale or settings.locale):
        body = render_template("accounts/welcome.txt", user=user, link=link, days=LINK_DAYS)
        subject = _("Afterword: your account")
    Post(current_app).send_mail("welcome", subject, user.email, settings.mail_from, body, None)
    return True
