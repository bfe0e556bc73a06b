"""run.py without its slow parts: what it decides, and what it says when something is wrong."""

from __future__ import annotations

import ast
import errno
import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import run

Commands = list[list[str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, with requirements and no environment."""
    (tmp_path / "requirements.txt").write_text("streamlit==1\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9\n")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    return tmp_path


def fake_venv(project: Path, script: str = "exit 0") -> Path:
    """An environment whose Python is a shell script that logs how it was called."""
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    (project / ".venv" / "pyvenv.cfg").write_text("version = 3.11.7\n")
    python.write_text(f'#!/bin/sh\necho "$@" >> {project}/calls\n{script}\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    return python


def calls(project: Path) -> list[str]:
    log = project / "calls"
    return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Nothing is installed and nothing runs; what would have run is kept."""
    commands: Commands = []

    def record(command: list[str | Path]) -> int:
        commands.append([str(part) for part in command[1:]])
        return 0

    monkeypatch.setattr(run, "install", lambda name: commands.append(["install", name]))
    monkeypatch.setattr(run, "run", record)
    monkeypatch.setattr(run, "has_screen", lambda: False)
    monkeypatch.setattr(run, "find_browser", lambda: True)
    monkeypatch.setattr(run, "find_servers", lambda: None)
    return commands


class TestOldPython:
    @pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10, 13)])
    def test_is_told_what_is_needed(self, version: tuple[int, ...]) -> None:
        message = run.version_problem(version)
        assert "Python 3.11 of nieuwer" in message
        assert f"{version[0]}.{version[1]}." in message

    @pytest.mark.parametrize("version", [(3, 11), (3, 14, 1), (4, 0)])
    def test_new_enough_is_silent(self, version: tuple[int, ...]) -> None:
        assert run.version_problem(version) == ""

    def test_can_parse_the_whole_file_to_reach_the_message(self) -> None:
        ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


class TestStamp:
    def test_a_second_install_starts_no_process(self, project: Path) -> None:
        fake_venv(project)
        run.install("requirements.txt")
        first = calls(project)
        run.install("requirements.txt")
        assert any("pip install" in call for call in first)
        assert calls(project) == first

    def test_changed_requirements_are_installed(self, project: Path) -> None:
        fake_venv(project)
        run.install("requirements.txt")
        (project / "requirements.txt").write_text("streamlit==2\n")
        assert not run.is_installed("requirements.txt")

    def test_tests_notice_a_change_in_the_included_file(self, project: Path) -> None:
        fake_venv(project)
        run.install("requirements-dev.txt")
        assert run.is_installed("requirements.txt")
        (project / "requirements.txt").write_text("streamlit==2\n")
        assert not run.is_installed("requirements-dev.txt")

    def test_another_python_is_another_environment(self, project: Path) -> None:
        fake_venv(project)
        run.install("requirements.txt")
        (project / ".venv" / "pyvenv.cfg").write_text("version = 3.12.1\n")
        assert not run.is_installed("requirements.txt")

    def test_a_python_replaced_behind_its_link_is_noticed(self, project: Path) -> None:
        python = fake_venv(project)
        python.rename(project / "python3.11")
        python.symlink_to(project / "python3.11")
        run.install("requirements.txt")
        python.unlink()
        (project / "python3.11").rename(project / "python3.12")
        python.symlink_to(project / "python3.12")
        assert not run.is_installed("requirements.txt")

    def test_a_failed_install_leaves_no_stamp(self, project: Path) -> None:
        fake_venv(project, 'case "$*" in *install*) exit 1;; esac')
        with pytest.raises(run.SetupError):
            run.install("requirements.txt")
        assert not run.is_installed("requirements.txt")


class TestBrokenEnvironment:
    def break_python(self, project: Path) -> None:
        (project / ".venv" / "bin" / "python").unlink()

    def break_pip(self, project: Path) -> None:
        (project / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")

    def make_unrunnable(self, project: Path) -> None:
        (project / ".venv" / "bin" / "python").write_bytes(b"\x00\x01")

    def leave_half_made(self, project: Path) -> None:
        (project / ".venv" / "pyvenv.cfg").unlink()

    @pytest.mark.parametrize("damage", [break_python, break_pip, make_unrunnable, leave_half_made])
    def test_is_made_again(
        self,
        damage: Callable[[TestBrokenEnvironment, Path], None],
        project: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        fake_venv(project)
        damage(self, project)
        made: Commands = []

        def run_but_only_pretend(command: list[str | Path]) -> int:
            made.append([str(part) for part in command[1:4]])
            (project / ".venv" / "pyvenv.cfg").write_text("version = 3.11.7\n")
            return 0

        monkeypatch.setattr(run, "run", run_but_only_pretend)
        run.install("requirements.txt")
        assert made == [["-m", "venv", "--clear"], ["-m", "pip", "install"]]


class TestWhatGoesWrongIsSaid:
    def test_a_taken_port(self, taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
        assert run.main(["--no-browser", "--port", str(taken_port)]) == 1
        message = capsys.readouterr().err
        assert f"Poort {taken_port} is al in gebruik" in message
        assert f"--port {taken_port + 1}" in message or "--port 8501" in message
        assert "Traceback" not in message

    @pytest.mark.parametrize("port", ["0", "65536", "-1"])
    def test_a_port_that_cannot_be(self, port: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run.main([f"--port={port}"]) == 1
        assert f"Poort {port} bestaat niet" in capsys.readouterr().err

    def test_no_network(self, project: Path, free_port: int, capfd: pytest.CaptureFixture[str]) -> None:
        fake_venv(project, 'case "$*" in *install*) echo "ERROR: no route to host" >&2; exit 1;; esac')
        assert run.main(["--port", str(free_port)]) == 1
        shown = capfd.readouterr().err
        assert shown.index("no route to host") < shown.index("hierboven staat wat pip meldt")
        assert "geen internet" in shown

    def test_a_full_disk(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run, "ROOM_TO_INSTALL", 10**18)
        with pytest.raises(run.SetupError, match="te weinig ruimte"):
            run.install("requirements.txt")

    def test_no_permission(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse() -> None:
            raise PermissionError(errno.EACCES, "Permission denied", "/srv/app/.venv")

        monkeypatch.setattr(run, "_make_venv", refuse)
        with pytest.raises(run.SetupError, match=r"Geen rechten om te schrijven in /srv/app/\.venv"):
            run.install("requirements.txt")

    def test_an_unknown_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run.main(["tets"]) == 1
        assert "Onbekende opdracht: tets" in capsys.readouterr().err


class TestStart:
    def test_installs_and_serves_on_this_computer_only(self, recorded: Commands, free_port: int) -> None:
        assert run.main(["--port", str(free_port), "--no-browser"]) == 0
        assert recorded[0] == ["install", "requirements.txt"]
        assert recorded[1][:3] == ["-m", "streamlit", "run"]
        assert "--server.address=127.0.0.1" in recorded[1]
        assert f"--server.port={free_port}" in recorded[1]

    def test_starts_the_workbench_for_authors_only(self, recorded: Commands, free_port: int) -> None:
        assert run.main(["--port", str(free_port), "--no-browser", "--author", "--logger.level=error"]) == 0
        assert recorded[1][-3:] == ["--logger.level=error", "--", "--author"]
        assert run.main(["--port", str(free_port), "--no-browser"]) == 0
        assert "--author" not in recorded[-1]

    def test_passes_other_options_on(self, recorded: Commands, free_port: int) -> None:
        run.main(["--port", str(free_port), "--server.baseUrlPath=zorg"])
        assert recorded[1][-1] == "--server.baseUrlPath=zorg"

    def test_ctrl_c_ends_without_a_traceback(
        self, recorded: Commands, free_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(_command: list[str | Path]) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr(run, "run", interrupted)
        assert run.main(["--port", str(free_port)]) == 0
        assert capsys.readouterr().out.endswith("Gestopt.\n")

    @pytest.mark.parametrize(
        ("environment", "expected"),
        [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("", False), ("DISPLAY CI", False)],
    )
    def test_opens_a_browser_only_where_somebody_looks(
        self, environment: str, expected: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.platform", "linux")
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "CI"):
            monkeypatch.delenv(name, raising=False)
        for name in environment.split():
            monkeypatch.setenv(name, "1")
        assert run.has_screen() is expected


class TestTest:
    def test_runs_all_three_pytest_last_with_its_arguments(self, recorded: Commands) -> None:
        assert run.main(["test", "-k", "stamp", "--port"]) == 0
        assert recorded == [
            ["install", "requirements-dev.txt"],
            ["-m", "ruff", "check", "."],
            ["-m", "mypy", "-p", "mantelzorg"],
            ["-m", "pytest", *run.SIDE_BY_SIDE, "-k", "stamp", "--port"],
        ]

    @pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest"])
    def test_one_failure_fails_the_whole_but_stops_nothing(
        self, failing: str, recorded: Commands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ran: list[str] = []

        def fail_one(command: list[str | Path]) -> int:
            ran.append(str(command[2]))
            return int(command[2] == failing)

        monkeypatch.setattr(run, "run", fail_one)
        assert run.main(["test"]) == 1
        assert ran == ["ruff", "mypy", "pytest"]

    def test_no_browser_is_a_failure_not_a_silent_skip(
        self, recorded: Commands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "find_browser", lambda: False)
        assert run.main(["test"]) == 1

    def test_a_browser_that_is_there_is_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shutil.which", lambda name: "/x" if name == "google-chrome" else None)
        monkeypatch.setattr(run, "run", lambda _command: pytest.fail("nothing may run"))
        assert run.find_browser()

    def test_absent_servers_are_installed_with_their_services_off(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        policy, seen = tmp_path / "policy-rc.d", []
        monkeypatch.setattr(run, "NO_SERVICES", policy)
        monkeypatch.setattr(run, "SERVERS", {"there": "bin/sh", "absent": "no/such/program"})
        monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/apt-get")
        monkeypatch.setattr("os.geteuid", lambda: 0)

        def record(command: list[str | Path]) -> int:
            seen.append((str(command[-1]), policy.exists()))
            return 1

        monkeypatch.setattr(run, "run", record)
        run.find_servers()
        assert seen == [("update", True), ("absent", True)]
        assert not policy.exists()
        monkeypatch.setattr("os.geteuid", lambda: 1000)
        run.find_servers()
        assert len(seen) == 2


def test_children_get_the_environment_and_no_pip_version_check(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE", "De Linde")
    python = fake_venv(project, f'echo "$PRACTICE $PIP_DISABLE_PIP_VERSION_CHECK $(pwd)" > {project}/seen; exit 7')
    assert run.run([python, "x"]) == 7
    assert (project / "seen").read_text().strip() == f"De Linde 1 {os.path.realpath(project)}"
