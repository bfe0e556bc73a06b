"""A PostgreSQL of the tests' own: Debian's programs, a folder in /tmp, a socket in it, stopped by its process.

The service of the system is never touched. Where PostgreSQL is absent its tests are skipped; with CI=true they fail.
`run.py test` installs it.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

WITH_THE_TESTS = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
"""Tests that are killed take their server with them."""
ABSENT = "PostgreSQL is not installed (Debian: apt-get install postgresql)"


class NoPostgresError(Exception):
    """It cannot be had here; the message says why."""


def programs() -> Path:
    """The folder of PostgreSQL's programs, newest version first. Raises NoPostgresError."""
    found = _installed()
    if found is None:
        raise NoPostgresError(ABSENT)
    return found


def _installed() -> Path | None:
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class Server:
    """A running server. `url` is its address; it is frozen and stopped by its process."""

    def __init__(self) -> None:
        self._programs = programs()
        self._owner = _owner()
        self.folder = Path(tempfile.mkdtemp(prefix="room-postgres-"))
        if self._owner:
            os.chown(self.folder, self._owner.pw_uid, self._owner.pw_gid)
        self.url = f"postgresql://postgres@/postgres?host={self.folder}"
        options = ("-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        made = self._run("initdb", *options)
        _, errors = made.communicate(timeout=60)
        if made.returncode:
            raise NoPostgresError(f"initdb failed: {errors[-500:]}")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it lets somebody in. Nothing here needs to survive a power cut, so no fsync."""
        self._process = self._run("postgres", "-D", "data", "-k", str(self.folder), "-c", "listen_addresses=", "-F")
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "ready to accept connections" in line:
                break
        else:
            raise NoPostgresError("PostgreSQL does not start")
        self._reading = threading.Thread(target=self._process.stderr.read, daemon=True)
        self._reading.start()

    def stop(self) -> None:
        """Stop it; whoever is connected is cut off."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reading.join(timeout=5)
        if self._process.stderr is not None:
            self._process.stderr.close()

    def remove(self) -> None:
        """Stop it and delete its folder."""
        if self._process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def freeze(self, frozen: bool) -> None:
        """Let it accept connections and answer nothing, or go on: it and every process that it started."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGSTOP if frozen else signal.SIGCONT)

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        owner = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []} if self._owner else {}
        return subprocess.Popen(
            [*WITH_THE_TESTS, self._programs / program, *arguments],
            cwd=self.folder,
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **owner,
        )


def _owner() -> pwd.struct_passwd | None:
    """Whom it runs as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgresError("PostgreSQL does not run as root, and there is no other user here")
