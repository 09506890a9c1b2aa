"""QR codes. Level Q still reads with a quarter of the code dirty or torn."""

from __future__ import annotations

import io
import math

import segno

PIXELS = 1200  # at least, for a sharp print of 10 cm
_QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks


def svg(address: str) -> bytes:
    out = io.BytesIO()
    _code(address).save(
        out, kind="svg", border=_QUIET_ZONE, omitsize=True, light="#fff", svgclass=None, lineclass=None
    )
    return out.getvalue()


def png(address: str) -> bytes:
    code = _code(address)
    width = code.symbol_size(border=_QUIET_ZONE)[0]
    out = io.BytesIO()
    code.save(out, kind="png", border=_QUIET_ZONE, scale=math.ceil(PIXELS / width))
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="q")
