"""The deployment of deploy/ on this machine: app processes and nginx with the shipped files, on loopback.

For load.py and for tests/deploy. Only ports, folders, the name and the certificate differ from what is shipped.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "deploy"
NAME, PORTS = "mantelzorg.example.nl", (8501, 8502)
"""What the shipped files say."""
HERE = "127.0.0.1"
GIVE_UP = 60.0
ABSENT = "nginx is not installed (Debian: apt-get install nginx)"
POLICY = Path("/usr/sbin/policy-rc.d")
ANY_CERTIFICATE = ssl._create_unverified_context()


class NoNginxError(Exception):
    """It cannot be had here; the message says why."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def nginx_program() -> str:
    """Where nginx is. It is installed where that can be done. Raises NoNginxError."""
    found = _installed()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _installed()
    if found is None:
        raise NoNginxError(ABSENT)
    return found


def _installed() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def _install() -> None:
    """Install Debian's package, without starting its service."""
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", "nginx"]):
            subprocess.run(["apt-get", "-q", *command], env=quiet, timeout=300, check=False, capture_output=True)
    finally:
        if ours:
            POLICY.unlink()


class App:
    """One process of the app, started as its systemd unit starts it."""

    def __init__(self, port: int, database: str, log: Path) -> None:
        self.port, self._database, self._log = port, database, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; `wait` says when it answers."""
        given = {"DATABASE_URL": self._database, "FORWARDED_ALLOW_IPS": HERE}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command_of_unit(self.port), cwd=ROOT, env=os.environ | given, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + GIVE_UP
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"http://{HERE}:{self.port}/healthz", timeout=2).close()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f"the app does not answer: {self.log[-500:]}")

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process
        return self._process

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, gently or not, if it runs."""
        _end(self._process, how)

    def cpu(self) -> float:
        """Processor seconds used so far."""
        return cpu_of(self.process.pid)

    def memory(self) -> float:
        """Megabytes in memory now."""
        return memory_of(self.process.pid)


def command_of_unit(port: int) -> list[str]:
    """What the shipped unit runs, with the Python of this process."""
    unit = (SHIPPED / "systemd" / "mantelzorg@.service").read_text("utf-8")
    line = re.search(r"(?m)^ExecStart=(.*)$", unit)
    assert line
    text = line[1].replace("%i", str(port)).replace("${MANTELZORG_HOST}", HERE)
    return [sys.executable, *shlex.split(text)[1:]]


class Nginx:
    """nginx with the shipped configuration, in a folder of its own."""

    def __init__(self, folder: Path, ports: tuple[int, ...]) -> None:
        self.folder, self.plain, self.tls = folder, free_port(), free_port()
        self._program = nginx_program()
        self._ports = ports
        self._process: subprocess.Popen[bytes] | None = None
        self._written()

    @property
    def url(self) -> str:
        return f"https://{HERE}:{self.tls}"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process
        return self._process

    def _written(self) -> None:
        (self.folder / "mantelzorg").mkdir(parents=True)
        (self.folder / "log").mkdir()
        certificate(self.folder / "mantelzorg")
        for file in (SHIPPED / "nginx").rglob("*.conf"):
            text = self._rendered(file.read_text("utf-8"))
            (self.folder / file.relative_to(SHIPPED / "nginx")).write_text(text, "utf-8")
        (self.folder / "nginx.conf").write_text(around(self.folder), "utf-8")

    def _rendered(self, text: str) -> str:
        if len(self._ports) == 1:
            text = re.sub(rf"(?m)^ *server {HERE}:{PORTS[1]} .*\n", "", text)
            text = re.sub(r"(?ms)^upstream mantelzorg_2 \{.*?^\}\n", "", text)
            text = re.sub(r"(?m)^    (2 mantelzorg_2;|.*\$\" 2;)\n", "", text)
        for shipped, port in zip(PORTS, self._ports, strict=False):
            text = text.replace(f":{shipped}", f":{port}")
        text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text)
        text = text.replace("listen 80", f"listen {HERE}:{self.plain}").replace(
            "listen 443", f"listen {HERE}:{self.tls}"
        )
        text = text.replace("/var/log/nginx", f"{self.folder}/log").replace("/var/lib/nginx", f"{self.folder}")
        return text.replace(f"server_name {NAME}", f"server_name {HERE} {NAME}")

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = [self._program, "-p", str(self.folder), "-c", "nginx.conf", "-e", "log/start.log"]
        self._process = subprocess.Popen([*command, "-g", "daemon off;"])
        until = time.monotonic() + GIVE_UP
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex((HERE, self.tls)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError(f"nginx does not start: {self.logs()}")

    def logs(self) -> str:
        """Everything that it wrote."""
        return "".join(file.read_text("utf-8") for file in sorted((self.folder / "log").iterdir()))

    def pids(self) -> list[int]:
        """The process and its workers."""
        pid = self.process.pid
        return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]

    def cpu(self) -> float:
        return sum(map(cpu_of, self.pids()))

    def end(self) -> None:
        """Stop it, if it runs."""
        _end(self._process, signal.SIGTERM)


def around(folder: Path) -> str:
    """The main file, as Debian's: it includes the site."""
    user = "user root;" if os.geteuid() == 0 else ""
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "\n".join(f"    {name}_temp_path {folder}/{name};" for name in kept)
    return f"""{user}
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/log/error.log;
events {{ worker_connections 4096; }}
http {{
    sendfile on;
    tcp_nopush on;
    default_type application/octet-stream;
    access_log {folder}/log/access.log;
    gzip on;
{paths}
    include mantelzorg.conf;
}}
"""


def certificate(folder: Path) -> None:
    """A certificate that nobody trusts."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    made = ["-addext", f"subjectAltName=IP:{HERE}", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run([*command.split(), *made], check=True, capture_output=True)


def cpu_of(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> float:
    """Megabytes of a process in memory."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _end(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
