"""A row of the outbox made ready to travel: opened, addressed and written out. Reads only."""

from __future__ import annotations

from survey.channels import EMAIL, IN_APP
from survey.channels import kept as kept_settings
from survey.channels.base import Letter, Parcel
from survey.extensions import db
from survey.models import Message, MessageChoice
from survey.outbox import contents, limits, unsubscribing
from survey.outbox.letters import letter
from survey.outbox.registry import named
from survey.sealing import unseal


class Gone(Exception):
    """Not to be sent, for a reason that lies with the recipient."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def parcel_of(message: Message) -> Parcel:
    """Raises Gone."""
    if message.channel == IN_APP:
        return _parcel(message, Letter("", "", ""))
    if message.sealed is None:
        raise Gone("forgotten")
    opened = contents.opened(message.sealed, message.id)
    address = address_of(message)
    why = limits.reason_against(message, address)
    if why:
        raise Gone(why)
    template = named(message.template)
    link = unsubscribing.link(message) if template.to_respondents and message.channel == EMAIL else ""
    written = letter(message.template, opened.fields, message.locale, link)
    return _parcel(message, written, opened.fields, address, link)


def _parcel(
    message: Message, written: Letter, fields: object = None, address: str = "", link: str = ""
) -> Parcel:
    config = {}
    if message.endpoint is not None:
        config = kept_settings.of_endpoint(message.endpoint.id, message.endpoint.sealed)
    return Parcel(
        id=message.id,
        message_id=message.message_id,
        template=message.template,
        fields=fields if isinstance(fields, dict) else {},
        locale=message.locale,
        created_at=message.created_at,
        letter=written,
        address=address,
        config=config,
        unsubscribe=link,
    )


def address_of(message: Message) -> str:
    """Of an account as it is now: who changed it in between gets the message there. Empty for endpoints. Raises Gone."""
    if message.user_id is None and message.endpoint_id is None and message.sealed is not None:
        return contents.opened(message.sealed, message.id).address or ""
    if message.endpoint is not None:
        if not message.endpoint.active:
            raise Gone("closed")
        return ""
    if message.user is None or not message.user.active:
        raise Gone("closed")
    if message.channel == EMAIL:
        return message.user.email
    choice = db.session.get(MessageChoice, (message.user.id, message.channel))
    if choice is None or choice.sealed is None:
        raise Gone("no-address")
    return chosen_address(choice)


def chosen_address(choice: MessageChoice) -> str:
    """Raises Unreadable."""
    if choice.sealed is None:
        return ""
    return unseal(choice.sealed, f"choice:{choice.user_id.hex}:{choice.channel}".encode()).decode()
