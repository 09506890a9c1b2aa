"""Flask, with what is for staff kept out of the way of respondents.

Signing in, sessions, roles, per-view limits and form tokens come as hooks on every request. A respondent's page
needs none of them, and they take more than half of its time. So hooks and sessions that come after
`rest_is_for_staff()` are skipped where the address belongs to a public blueprint, also when nothing answers there.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from flask import Flask, Request, Response, request
from flask.ctx import RequestContext
from flask.sessions import NullSession

PUBLIC = ("respond",)
ADDRESSES = dict.fromkeys(("s", "k", "i", "receipt"), "respond")  # the first part of a path, and whose it is


class Asked(Request):
    @property
    def blueprint(self) -> str | None:
        """A method or an address that a public blueprint does not know is still its own to refuse."""
        found = super().blueprint
        if found is None and self.routing_exception is not None:
            return ADDRESSES.get(self.path[1:].partition("/")[0])
        return found


class Context(RequestContext):
    """Finds the view before the session is opened: public views have none."""

    def __init__(self, app: Flask, environ: Any, request: Request | None = None, session: Any = None) -> None:
        super().__init__(app, environ, request, session)
        if self.url_adapter is not None:
            super().match_request()
        if session is None and self.request.blueprint in PUBLIC:
            self._session = NullSession()

    def match_request(self) -> None:
        """Done already."""


class Application(Flask):
    request_class = Asked

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._before: list[Any] = []
        self._after: list[Any] = []

    def rest_is_for_staff(self) -> None:
        """What was registered so far holds for everybody; what follows, for staff only."""
        self._before = list(self.before_request_funcs[None])
        self._after = list(self.after_request_funcs[None])

    def request_context(self, environ: Any) -> RequestContext:
        return Context(self, environ)

    def preprocess_request(self) -> Any:
        blueprint = request.blueprint
        if blueprint not in PUBLIC:
            return super().preprocess_request()
        for hook in chain(self._before, self.before_request_funcs.get(blueprint, ())):
            answer = hook()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        blueprint = request.blueprint
        if blueprint not in PUBLIC:
            return super().process_response(response)
        for hook in chain(reversed(self.after_request_funcs.get(blueprint, [])), reversed(self._after)):
            response = hook(response)
        return response
