"""A real SMTP server on this machine, which can be told what to answer, stopped and started."""

from __future__ import annotations

import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

OK = "250 OK"


class Postbox:
    """What arrived, in order; `on_recipient` and `on_data` say what the server answers."""

    def __init__(self, **given: Any) -> None:
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.on_recipient: Callable[[str], str] = lambda address: OK
        self.on_data: Callable[[], str] = lambda: OK
        self._given = given
        self._controller: Controller | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    def start(self) -> Postbox:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._given)
        self._controller.start()
        return self

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def handle_EHLO(
        self, server: Any, session: Any, _envelope: Any, host: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = host
        return answers

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self.on_recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        answer = self.on_data()
        if answer == OK:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return answer
