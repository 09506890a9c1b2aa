"""The server as a service manager runs it, with the nginx of docs/deploy in front."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
NAME = "feedback.example.org"
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")


@dataclass(frozen=True)
class Site:
    """`page` is the path of an open survey; `folder` holds certificate and logs."""

    folder: Path
    web: subprocess.Popen[bytes]
    nginx: subprocess.Popen[bytes]
    web_port: int
    http_port: int
    https_port: int
    page: str

    def ask(self, path: str, method: str = "GET", **given: object) -> requests.Response:
        """By way of nginx, as a browser on the internet."""
        headers = {"Host": NAME} | dict(given.pop("headers", {}))  # type: ignore[call-overload]
        url = f"https://127.0.0.1:{self.https_port}{path}"
        return requests.request(
            method, url, headers=headers, verify=False, allow_redirects=False, timeout=110, **given
        )  # type: ignore[arg-type]

    def plain(self, path: str, host: str = NAME) -> requests.Response:
        """Without TLS, where everybody is sent to https."""
        url = f"http://127.0.0.1:{self.http_port}{path}"
        return requests.get(url, headers={"Host": host}, allow_redirects=False, timeout=30)

    def direct(self, path: str) -> requests.Response:
        return requests.get(f"http://127.0.0.1:{self.web_port}{path}", timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("site")
    ports = [free_port() for _ in range(3)]
    page, environment = _installation(folder, ports[0])
    web = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "web"], cwd=ROOT, env=environment)
    nginx = subprocess.Popen([NGINX, "-c", str(_nginx_conf(folder, *ports)), "-p", str(folder)])
    try:
        for port in ports:
            _until_it_listens(port)
        yield Site(folder, web, nginx, *ports, page)
    finally:
        for process in (nginx, web):
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _installation(folder: Path, port: int) -> tuple[str, dict[str, str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")} | {
        "DATA_DIR": str(folder / "var"),
        "PORT": str(port),
        "BASE_URL": f"https://{NAME}",
        "TRUSTED_PROXIES": "1",
        "SUBMISSIONS_PER_MINUTE": "0",
    }
    made = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "--responses", "20"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(rf"https://{NAME}(/s/\S+)", made.stdout)
    assert found, made.stdout
    return found[1], environment


def _nginx_conf(folder: Path, web: int, http: int, https: int) -> Path:
    """The documented file with this machine's ports and paths, and nothing else changed; around it Debian's logs."""
    _certificate(folder)
    text = (DEPLOY / "nginx.conf").read_text()
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.M)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{http};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{https} ")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{web}")
    text = text.replace("/etc/ssl/afterword/", f"{folder}/").replace("/var/log/nginx/", f"{folder}/")
    (folder / "afterword.conf").write_text(text)
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log {folder}/everything.log; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; "
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; "
        f"include {folder}/afterword.conf; }}\n"
    )
    return conf


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "privkey.pem").write_bytes(pem)


def _until_it_listens(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing listens on port {port}")
