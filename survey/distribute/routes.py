from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("distribute", __name__, url_prefix="/links")
