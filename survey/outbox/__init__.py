"""Messages to people. See docs/messages.md.

    registry.register("case_opened", title=_l("A new case"), sample={"number": "K-17", "link": "https://…"})
        beside templates/messages/case_opened.txt: a first line `Subject: …`, an empty line, then the text
    service.put(f"case:{case.id}:opened", owner, "case_opened", {"number": …, "link": …})

`put` writes rows in the caller's transaction: what is not committed is not sent, and the same cause sends nothing twice.
The worker sends them (sending.py): see survey/jobs.py.
"""

from survey.outbox import own  # the outbox's own messages

__all__ = ["own"]
