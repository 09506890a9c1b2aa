"""A letter as a mail: text and HTML beside each other, images inside the HTML."""

from __future__ import annotations

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from css_inline import CSSInliner

from survey.channels.base import Parcel

POLICY = policy.SMTP.clone(max_line_length=200)
_inliner = CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


def mail(parcel: Parcel, sender: str, recipient: str | Address) -> EmailMessage:
    """The same at every try: its date is that of the message."""
    found = EmailMessage(policy=POLICY)
    found["From"] = sender
    found["To"] = recipient
    found["Subject"] = " ".join(parcel.letter.subject.split())
    found["Date"] = format_datetime(parcel.created_at)
    found["Message-ID"] = parcel.message_id
    found["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice answers
    if parcel.unsubscribe:
        found["List-Unsubscribe"] = f"<{parcel.unsubscribe}>"  # RFC 8058: by one click
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    found.set_content(parcel.letter.text, cte="base64")
    found.add_alternative(_inliner.inline(parcel.letter.html), subtype="html", cte="base64")
    page: Any = list(found.iter_parts())[1]
    for name, image in parcel.letter.images.items():
        page.add_related(image, "image", "png", cid=f"<{name}>", filename=f"{name}.png", disposition="inline")
    return found
