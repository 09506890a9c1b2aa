"""The application as gunicorn, waitress and the flask command load it."""

from survey import create_app, logs
from survey.config import SettingError

try:
    app = create_app()
except SettingError as error:
    raise SystemExit(f"Afterword cannot start. {error}") from None
logs.configure(app.extensions["settings"])
