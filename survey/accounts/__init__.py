"""Sign-in, password change and reset, second factor, users and roles."""

from survey.accounts.setup import register

__all__ = ["register"]
