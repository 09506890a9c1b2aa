from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("feedback", __name__, url_prefix="/my-feedback")
