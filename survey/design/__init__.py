"""Writing, checking, publishing and showing questionnaires."""

from survey.design import writing_routes

__all__ = ["writing_routes"]
