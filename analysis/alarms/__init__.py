"""Finds what must not wait for the next report: self-harm, violence, abuse, danger, bribes, threats of law, lost dignity."""

from .find import VERSION, alarms
from .types import Alarm, Alarming

__all__ = ["VERSION", "Alarm", "Alarming", "alarms"]
