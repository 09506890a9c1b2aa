"""E-mail by SMTP, with TLS whose certificate is verified; MAIL_URL says where (survey/mail_settings.py)."""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import lazy_gettext as _l

from survey.channels.base import PATIENCE, Away, Channel, Never, Nobody, NotNow, NotSent, Parcel
from survey.channels.mime import mail

WHOLE = 20.0  # seconds from the greeting to the text; past them a worker's lease might end before the answer
NO_SUCH = (550, 551, 553)  # without an enhanced code these mean the address


class Email(Channel):
    name = "email"
    title = _l("E-mail")
    for_users = True

    def __init__(self) -> None:
        self._open = threading.local()  # each worker its own connection

    def ready(self) -> bool:
        return bool(current_app.extensions["settings"].mail_url)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Mails that leave together share a connection."""
        self._open.shared, self._open.server = True, None
        try:
            yield
        finally:
            self._open.shared = False
            self._hang_up()

    def send(self, parcel: Parcel) -> None:
        recipient = valid(parcel.address)
        message = mail(parcel, current_app.extensions["settings"].mail_from, recipient)
        if current_app.config["MAIL_BACKEND"] != "smtp":
            current_app.extensions["mailman"].get_connection().send_messages([_Elsewhere(message, recipient)])
            return
        try:
            self._by_smtp(message, recipient)
        finally:
            if not getattr(self._open, "shared", False):
                self._hang_up()

    def _by_smtp(self, message: EmailMessage, recipient: str) -> None:
        try:
            server = self._server()
            _handed_over(server, message, recipient)
        except NotSent:
            with suppress(smtplib.SMTPException, OSError):
                server.rset()
            raise
        except smtplib.SMTPAuthenticationError as error:
            self._hang_up()
            raise Away(f"the mail server refuses our name or password ({error.smtp_code})") from None
        except ssl.SSLError as error:
            self._hang_up()
            raise Away(f"no safe connection to the mail server ({error.reason})") from None
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise Away(f"the mail server cannot be reached ({type(error).__name__})") from None

    def _server(self) -> smtplib.SMTP:
        server: smtplib.SMTP | None = getattr(self._open, "server", None)
        if server is not None and _answers(server):
            return server
        self._hang_up()
        server = self._open.server = connected(current_app.config)
        return server

    def _hang_up(self) -> None:
        server, self._open.server = getattr(self._open, "server", None), None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()


class _Elsewhere:
    """As Flask-Mailman's other places take a mail: a file, the console."""

    def __init__(self, message: EmailMessage, recipient: str) -> None:
        self._message, self._recipient = message, recipient

    def message(self) -> EmailMessage:
        return self._message

    def recipients(self) -> list[str]:
        return [self._recipient]


def valid(address: str) -> str:
    """Raises Nobody for what is no address."""
    try:
        return validate_email(address, check_deliverability=False, globally_deliverable=False).normalized
    except EmailNotValidError:
        raise Nobody("not an e-mail address") from None


def connected(config: Any) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    where = config["MAIL_SERVER"], config["MAIL_PORT"]
    if config["MAIL_USE_SSL"]:
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=safe)
    else:
        server = smtplib.SMTP(*where, timeout=PATIENCE)
    if config["MAIL_USE_TLS"]:
        server.starttls(context=safe)
    if config["MAIL_USERNAME"]:
        server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"] or "")
    return server


def _answers(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _handed_over(server: smtplib.SMTP, message: EmailMessage, recipient: str) -> None:
    begun = time.monotonic()
    sender = message["From"].addresses[0].addr_spec
    server.ehlo_or_helo_if_needed()
    wide = ["SMTPUTF8"] if not recipient.isascii() and server.has_extn("smtputf8") else []
    if not recipient.isascii() and not wide:
        raise Never("the mail server takes no addresses of this kind")
    _judge(server.mail(sender, wide), recipient, of_recipient=False)
    _judge(server.rcpt(recipient), recipient, of_recipient=True)
    if time.monotonic() - begun > WHOLE:
        raise NotNow("the mail server is too slow")
    try:
        answer = server.data(message.as_bytes())
    except smtplib.SMTPDataError as error:  # refused before the text was sent
        refusal = error.smtp_error
        answer = error.smtp_code, refusal if isinstance(refusal, bytes) else refusal.encode()
    _judge(answer, recipient, of_recipient=False)


def _judge(answer: tuple[int, bytes], recipient: str, of_recipient: bool) -> None:
    code, text = answer
    if code in (250, 251, 252):
        return
    told = f"{code} {text.decode('utf-8', 'replace')}".replace(recipient, "…")[:250]
    if code < 500:
        raise NotNow(told)
    enhanced = text.split(b" ", 1)[0]
    about_address = enhanced.startswith((b"5.1.", b"5.2.1")) or (
        not enhanced.startswith(b"5.") and code in NO_SUCH
    )
    raise Nobody(told) if of_recipient and about_address else Never(told)
