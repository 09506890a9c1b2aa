"""The application as gunicorn, waitress and the flask command load it."""

import gc
import os

gc.disable()  # what is loaded stays: looking meanwhile for what could go takes a fifth of the time
os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # our matrices are small: more threads only hinder other processes

from survey import create_app, logs  # noqa: E402 NumPy reads the variable when it is loaded
from survey.config import SettingError  # noqa: E402

try:
    app = create_app()
except SettingError as error:
    raise SystemExit(f"Afterword cannot start. {error}") from None
logs.configure(app.extensions["settings"])
gc.freeze()
gc.enable()
