from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("design", __name__, url_prefix="/questionnaires")
