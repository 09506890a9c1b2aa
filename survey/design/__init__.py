"""Writing, checking, publishing and showing questionnaires."""

from survey.design import preview_routes, writing_routes

__all__ = ["preview_routes", "writing_routes"]
