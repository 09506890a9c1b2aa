"""Mails over TLS, with pictures, and to what is no address."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from survey.channels import CHANNELS
from survey.channels.base import Away, Letter, Nobody
from tests.conftest import _app
from tests.survey.channels.parcels import parcel
from tests.survey.outbox.postbox import Postbox


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """For localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return file, context


@pytest.fixture(params=["starttls", "smtps"])
def safe(
    request: pytest.FixtureRequest, tmp_path: Path, certificate: tuple[Path, ssl.SSLContext]
) -> Iterator[tuple[Flask, Postbox, Path]]:
    file, context = certificate
    starting = request.param == "starttls"
    given = {"tls_context": context, "require_starttls": True} if starting else {"ssl_context": context}
    postbox = Postbox(**given).start()
    for app in _app(tmp_path, MAIL_URL=f"{'smtp' if starting else 'smtps'}://localhost:{postbox.port}"):
        app.config["MAIL_USE_TLS"] = starting
        yield app, postbox, file
    postbox.stop()


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_mail(
    safe: tuple[Flask, Postbox, Path],
) -> None:
    _app_, postbox, _file = safe
    with pytest.raises(Away, match="no safe connection"):
        CHANNELS["email"].send(parcel(address="a@hospital.example"))
    assert postbox.mails == []


def test_a_server_with_a_good_certificate_gets_it_encrypted(
    safe: tuple[Flask, Postbox, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _app_, postbox, file = safe
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    CHANNELS["email"].send(parcel(address="a@hospital.example"))
    assert len(postbox.mails) == 1


def test_pictures_are_inside_the_mail(tmp_path: Path) -> None:
    postbox = Postbox().start()
    for _made in _app(tmp_path, MAIL_URL=f"smtp://127.0.0.1:{postbox.port}"):
        page = '<style>p { color: red }</style><p>x</p><img src="cid:trend" alt="">'
        letter = Letter("病房\r\nBcc: everybody@evil.example", "文字", page, {"trend": b"\x89PNG picture"})
        CHANNELS["email"].send(parcel(address="a@hospital.example", letter=letter))
        for wrong in ("no address", "a@b\r\nBcc: c@d.example", ""):
            with pytest.raises(Nobody):
                CHANNELS["email"].send(parcel(address=wrong))
    postbox.stop()
    (mail,) = postbox.mails
    assert (mail["Bcc"], mail["Subject"]) == (None, "病房 Bcc: everybody@evil.example")
    html = mail.get_body(("html",))
    assert html is not None and 'style="color: red' in html.get_content()
    (picture,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert (picture["Content-ID"], picture.get_content()) == ("<trend>", b"\x89PNG picture")
