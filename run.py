"""Sets up and starts "Is dit mantelzorg?", or sets up and tests it. Needs nothing but Python.

python3 run.py [--port N] [--no-browser] [--author] [options for streamlit]
python3 run.py test [options for pytest]

Old Pythons must parse this file to reach the version check: only syntax of Python 3.6 here,
and annotations they cannot evaluate only below the check.
"""

import argparse
import errno
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

OLDEST_PYTHON = (3, 11)


def version_problem(version: "tuple[int, ...]") -> str:
    """What to tell someone whose Python is too old; nothing when it is new enough."""
    if version[:2] >= OLDEST_PYTHON:
        return ""
    return (
        f"Dit programma heeft Python 3.11 of nieuwer nodig; u gebruikt Python {version[0]}.{version[1]}.\n"
        "Installeer een nieuwere Python (https://www.python.org/downloads/) en probeer het opnieuw."
    )


if version_problem(sys.version_info[:2]):
    sys.exit(version_problem(sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SERVERS = {"postgresql": "usr/lib/postgresql/*/bin/initdb", "nginx": "usr/sbin/nginx"}
"""Debian's packages of servers that tests start for themselves, each with a program that shows that it is there."""
NO_SERVICES = Path("/usr/sbin/policy-rc.d")
ROOM_TO_INSTALL = 1_000_000_000
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
"""Two test processes, each with its own browser; a file of tests stays in one of them."""


class SetupError(Exception):
    """Something the user must mend; the message says what, in Dutch."""


def say(text: str) -> None:
    """Print at once, so that it stays in order with what child processes print."""
    print(text, flush=True)


def venv_python() -> Path:
    """The Python inside the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def requirement_files(name: str) -> list[Path]:
    """The requirements file and the files it includes."""
    files = [ROOT / name]
    for line in files[0].read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            files += requirement_files(line[3:].strip())
    return files


def stamp(name: str) -> str:
    """What must be installed: the content of the requirements, and for which Python."""
    # The link's end changes when the system replaces the Python that the environment was made with.
    python = f"{venv_python().resolve()}\n{(VENV / 'pyvenv.cfg').read_text(encoding='utf-8')}"
    parts = [python.encode(), *(file.read_bytes() for file in requirement_files(name))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed(name: str) -> bool:
    """Whether the environment is whole and holds exactly these requirements. Starts no process."""
    try:
        return venv_python().exists() and (VENV / f"{name}.stamp").read_text(encoding="utf-8") == stamp(name)
    except (OSError, UnicodeDecodeError):
        return False


def install(name: str) -> None:
    """Make sure that the environment exists and holds these requirements."""
    if is_installed(name):
        return
    try:
        if shutil.disk_usage(ROOT).free < ROOM_TO_INSTALL:
            raise OSError(errno.ENOSPC, "")
        if not _has_pip():
            _make_venv()
        _pip_install(name)
        for file in requirement_files(name):
            (VENV / f"{file.name}.stamp").write_text(stamp(file.name), encoding="utf-8")
    except OSError as error:
        raise SetupError(_os_problem(error)) from error


def _has_pip() -> bool:
    return (VENV / "pyvenv.cfg").exists() and succeeds([venv_python(), "-m", "pip", "--version"])


def _make_venv() -> None:
    say("De Python-omgeving wordt gemaakt in de map .venv ...")
    if run([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise SetupError(
            "De Python-omgeving kon niet worden gemaakt; hierboven staat waarom.\n"
            "Op Debian of Ubuntu helpt vaak: sudo apt install python3-venv"
        )


def _pip_install(name: str) -> None:
    say(f"De pakketten uit {name} worden geïnstalleerd. De eerste keer kan dat tot tien minuten duren ...")
    if run([venv_python(), "-m", "pip", "install", "--no-input", "-r", ROOT / name]) != 0:
        raise SetupError(
            "Het installeren is niet gelukt; hierboven staat wat pip meldt.\n"
            "Meestal is er geen internet, of houdt een proxy de verbinding tegen. Probeer het daarna opnieuw."
        )


def _os_problem(error: OSError) -> str:
    where = error.filename or VENV
    if error.errno == errno.ENOSPC:
        return "Er is te weinig ruimte op de schijf. Maak ten minste 1 GB vrij en probeer het opnieuw."
    if isinstance(error, PermissionError):
        return f"Geen rechten om te schrijven in {where}. Zet het programma in een map waar u mag schrijven."
    return f"Het lukt niet om {where} te lezen of te schrijven: {error.strerror}."


def succeeds(command: list[str | Path]) -> bool:
    """Whether a quiet question to another program gets a yes; a program that cannot run says no."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(command: list[str | Path]) -> int:
    """Run to the end, with its output on the screen; its exit status. Never leaves it behind."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1")
    with subprocess.Popen(command, cwd=ROOT, env=environment) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.wait(5)  # Ctrl-C reached the child as well
            raise
        finally:
            child.terminate()


def start(arguments: list[str]) -> int:
    """Install what is missing and serve the app until it is stopped."""
    what = "Start het programma. 'run.py test' test het."
    parser = argparse.ArgumentParser(prog="run.py", description=what, allow_abbrev=False)
    parser.add_argument("--port", type=int, default=8501, help="poort op deze computer (anders 8501)")
    parser.add_argument("--no-browser", action="store_true", help="open geen browser")
    parser.add_argument("--author", action="store_true", help="ook de werkbank voor wie regels schrijft")
    options, rest = parser.parse_known_args(arguments)
    if rest and not rest[0].startswith("-"):
        raise SetupError(f"Onbekende opdracht: {rest[0]}. Gebruik 'run.py' of 'run.py test'.")
    check_port(options.port)
    install("requirements.txt")
    url = f"http://127.0.0.1:{options.port}"
    say(f"Het programma start op {url} (stoppen: Ctrl-C).")
    if has_screen() and not options.no_browser:
        threading.Thread(target=_open_browser, args=(url,), daemon=True).start()
    where = ["--server.address=127.0.0.1", f"--server.port={options.port}", "--server.headless=true"]
    author = ["--", "--author"] if options.author else []
    return run([venv_python(), "-m", "streamlit", "run", ROOT / "app.py", *where, *rest, *author])


def check_port(port: int) -> None:
    """Refuse a port of this computer on which the app cannot listen, before anything is installed."""
    if not 1 <= port <= 65535:
        raise SetupError(f"Poort {port} bestaat niet. Kies een getal van 1024 tot 65535: run.py --port 8502")
    with socket.socket() as probe:
        if os.name != "nt":  # there it would allow a port that somebody else is using
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise SetupError(f"Poort {port} mag u niet gebruiken. Kies een andere: run.py --port 8502") from error
        except OSError as error:
            raise SetupError(
                f"Poort {port} is al in gebruik. Misschien draait het programma al: open http://127.0.0.1:{port}\n"
                f"Of kies een andere poort: run.py --port {port + 1 if port < 65535 else 8501}"
            ) from error


def has_screen() -> bool:
    """Whether there is somebody to open a browser for."""
    if os.environ.get("CI"):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_browser(url: str) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                webbrowser.open(url)
                return
        except OSError:
            time.sleep(0.2)


def test(arguments: list[str]) -> int:
    """Run all checks, pytest last; the exit status is bad when any of them is."""
    install("requirements-dev.txt")
    python = venv_python()
    good = find_browser()
    find_servers()
    for check in (["ruff", "check", "."], ["mypy", "-p", "mantelzorg"]):
        say(f"--- {' '.join(check)}")
        good = run([python, "-m", *check]) == 0 and good
    say("--- pytest" if good else "--- Hierboven ging iets mis; de tests draaien toch.\n--- pytest")
    return run([python, "-m", "pytest", *SIDE_BY_SIDE, *arguments]) or int(not good)


def find_browser() -> bool:
    """Whether there is a Chromium to test with; tries to install one."""
    if any(shutil.which(name) for name in BROWSERS) or _apt_install_chromium():
        return True
    if run([venv_python(), "-m", "playwright", "install", "chromium"]) == 0:
        return True
    say("Er is geen browser om mee te testen. Installeer Chromium of Google Chrome en probeer het opnieuw.")
    return False


def _apt_install_chromium() -> bool:
    if not shutil.which("apt-get"):
        return False
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and not succeeds([*as_root, "true"]):
        return False
    return _apt_install(["chromium"], as_root) and bool(shutil.which("chromium"))


def _apt_install(packages: list[str], as_root: list[str]) -> bool:
    say(f"Om mee te testen wordt geïnstalleerd: {', '.join(packages)} ...")
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    run([*apt_get, "update"])
    return run([*apt_get, "install", "-y", *packages]) == 0


def find_servers() -> None:
    """Install the servers that tests start, as root on Debian only. Their services stay off.

    Where they are absent the tests that need them are skipped; with CI=true those fail.
    """
    absent = [package for package, program in SERVERS.items() if not any(Path("/").glob(program))]
    if not absent or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    ours = not NO_SERVICES.exists()
    if ours:
        NO_SERVICES.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        NO_SERVICES.chmod(0o755)
    try:
        _apt_install(absent, [])
    finally:
        if ours:
            NO_SERVICES.unlink()


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; the exit status."""
    testing = arguments[:1] == ["test"]
    # Unlike Ctrl-C, a service manager's "stop" does not reach the child by itself.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return test(arguments[1:]) if testing else start(arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        say("\nGestopt.")
        return 130 if testing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
