"""A real Matrix server for the tests: Synapse on loopback, from an environment of its own (``make synapse-env``)."""

import base64
import hashlib
import hmac
import json
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

ENVIRONMENT = Path(__file__).resolve().parent.parent / ".venv-synapse"
SERVER_NAME = "musterstadt.example"
PATIENCE = 60.0  # seconds for a start; the first one writes the whole schema
UNLIMITED = {"per_second": 100_000, "burst_count": 100_000}


@dataclass(frozen=True, slots=True)
class Registered:
    """A fresh account. ``token`` belongs to ``device``, on which nobody has logged in yet."""

    user_id: str
    password: str
    token: str
    device: str


class Synapse:
    """One server with its data in ``folder``; it may be stopped and started again, and keeps its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._secret = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "homeserver.yaml").write_text(json.dumps(self._settings()))  # JSON is YAML
        (folder / "logging.yaml").write_text(json.dumps(LOGGING))
        key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (folder / "signing.key").write_text(f"ed25519 a_x {key}\n")

    def start(self) -> None:
        """Returns when the server answers; a database without the schema takes some ten seconds once."""
        prepared = ENVIRONMENT / f"empty-{version()}.db"
        database = self.folder / "homeserver.db"
        fresh = not database.exists()
        if fresh and prepared.exists():
            shutil.copy(prepared, database)
        self._launch()
        if fresh and not prepared.exists():
            self.stop()
            part = prepared.with_suffix(f".{secrets.token_hex(4)}")
            shutil.copy(database, part)
            part.replace(prepared)
            self._launch()

    def stop(self) -> None:
        """Ends the server; its data stays."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def register(self, name: str = "", *, password: str = "", admin: bool = False) -> Registered:
        """A new account; ``name`` is made unique, and ``password`` made up, when it is empty."""
        name = name or f"u{secrets.token_hex(5)}"
        password = password or secrets.token_hex(8)
        nonce = self.call("GET", "/_synapse/admin/v1/register")["nonce"]
        role = "admin" if admin else "notadmin"
        mac = hmac.new(self._secret.encode(), "\0".join((nonce, name, password, role)).encode(), hashlib.sha1)
        body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac.hexdigest()}
        made = self.call("POST", "/_synapse/admin/v1/register", body)
        return Registered(made["user_id"], password, made["access_token"], made["device_id"])

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, token: str = "") -> dict[str, Any]:
        """One request as JSON; an error answer raises ``urllib.error.HTTPError``."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            told: dict[str, Any] = json.load(answer)
            return told

    def log(self) -> str:
        """What the server wrote so far, for a failing test."""
        return (self.folder / "output.log").read_text(errors="replace")

    def _launch(self) -> None:
        python = ENVIRONMENT / "bin" / "python"
        if not python.exists():
            raise RuntimeError("The Matrix server of the tests is not installed: make synapse-env")
        with (self.folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                [python, "-m", "synapse.app.homeserver", "-c", "homeserver.yaml"],
                cwd=self.folder, stdout=output, stderr=output,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Synapse did not start:\n{self.log()[-2000:]}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _settings(self) -> dict[str, Any]:
        return {
            "server_name": SERVER_NAME,
            "public_baseurl": self.url,
            "pid_file": str(self.folder / "homeserver.pid"),
            "listeners": [
                {
                    "port": self.port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": False,
                    "resources": [{"names": ["client"]}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(self.folder / "homeserver.db")}},
            "log_config": str(self.folder / "logging.yaml"),
            "signing_key_path": str(self.folder / "signing.key"),
            "media_store_path": str(self.folder / "media"),
            "registration_shared_secret": self._secret,
            "macaroon_secret_key": secrets.token_hex(16),
            "report_stats": False,
            "trusted_key_servers": [],
            "federation_domain_whitelist": [],
            "url_preview_enabled": False,
            "presence": {"enabled": False},
            "bcrypt_rounds": 4,
            **LIMITS,
        }  # fmt: skip


LIMITS: dict[str, Any] = {
    "rc_message": UNLIMITED,
    "rc_registration": UNLIMITED,
    "rc_admin_redaction": UNLIMITED,
    "rc_reports": UNLIMITED,
    "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), UNLIMITED),
    "rc_joins": dict.fromkeys(("local", "remote"), UNLIMITED),
    "rc_joins_per_room": UNLIMITED,
    "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), UNLIMITED),
    "rc_room_creation": UNLIMITED,
    "rc_media_create": UNLIMITED,
}
LOGGING = {
    "version": 1,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["console"]},
}


def free_port() -> int:
    """A port on loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def version() -> str:
    """The installed Synapse's version; "none" where there is none."""
    packages = [str(path) for path in ENVIRONMENT.glob("lib/python*/site-packages")]
    return next((found.version for found in distributions(name="matrix-synapse", path=packages)), "none")


@contextmanager
def running(folder: Path) -> Iterator[Synapse]:
    """A server that runs as long as the block does."""
    server = Synapse(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
