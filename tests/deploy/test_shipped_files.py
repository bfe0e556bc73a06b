"""The shipped files as they are: nginx takes them unchanged, and systemd knows every line of the units."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from behind_nginx import NAME, PORTS, around, certificate

from .conftest import ROOT, _absent

SHIPPED = ROOT / "deploy"
UNITS = sorted((SHIPPED / "systemd").iterdir())
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "IPAddressDeny": "any",
    "IPAddressAllow": "localhost",
    "Restart": "on-failure",
    "StateDirectory": "mantelzorg",
    "User": "mantelzorg",
}


def settings(path: Path) -> ConfigParser:
    found = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(path.read_text("utf-8"))
    return found


def private_network() -> list[str]:
    """nginx binds the ports even when it only looks: here it does so in a network of its own."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        _absent("no network of its own can be made here (unshare -rn)")
    return [str(unshare), "-rn"]


def looked_at(nginx: str, folder: Path, change: tuple[str, str] = ("", "")) -> subprocess.CompletedProcess[str]:
    """What `nginx -t` says of the shipped files; only the folders of Debian are elsewhere."""
    shutil.copytree(SHIPPED / "nginx", folder / "conf")
    (folder / "log").mkdir()
    certificate(folder / "conf" / "mantelzorg")
    for file in (folder / "conf").rglob("*.conf"):
        text = file.read_text("utf-8").replace("/var/log/nginx", f"{folder}/log").replace("/var/lib/nginx", str(folder))
        file.write_text(text.replace(*change) if change[0] else text, "utf-8")
    (folder / "conf" / "nginx.conf").write_text(around(folder), "utf-8")
    command = [*private_network(), nginx, "-t", "-p", str(folder), "-c", "conf/nginx.conf"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class TestNginx:
    def test_takes_the_files_as_shipped(self, nginx: str, tmp_path: Path) -> None:
        found = looked_at(nginx, tmp_path)
        assert found.returncode == 0, found.stderr
        assert "[warn]" not in found.stderr

    def test_refuses_them_when_something_is_wrong(self, nginx: str, tmp_path: Path) -> None:
        found = looked_at(nginx, tmp_path, ("least_conn;", "least_con;"))
        assert found.returncode != 0

    def test_names_every_process_wherever_processes_are_named(self) -> None:
        text = (SHIPPED / "nginx" / "mantelzorg" / "processes.conf").read_text("utf-8")
        for number, port in enumerate(PORTS, 1):
            assert text.count(f"server 127.0.0.1:{port} ") == 2 + len(PORTS)
            assert f"    {number} mantelzorg_{number};" in text
            assert f":{port}$" in text

    @pytest.mark.parametrize(
        ("address", "who"),
        [
            ("203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2::6", "2001:db8:1:2::"),
            ("2001:db8::6", "2001:db8::6"),
        ],
    )
    def test_counts_one_line_of_ipv6_as_one(self, address: str, who: str) -> None:
        text = (SHIPPED / "nginx" / "mantelzorg.conf").read_text("utf-8")
        rule = re.search(r'map \$remote_addr \$mantelzorg_who \{\s+"~(.*?)" "(.*?)";', text)
        assert rule
        pattern = rule[1].replace("(?<", "(?P<").replace("(?P<=", "(?<=")
        line = re.match(pattern, address)
        assert (rule[2].replace("${mantelzorg_line}", line["mantelzorg_line"]) if line else address) == who


class TestSystemd:
    @pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
    def test_knows_every_line(self, path: Path, tmp_path: Path) -> None:
        # The program is not in /opt here.
        text = path.read_text("utf-8").replace("/opt/mantelzorg/app/.venv/bin/python", "/bin/true")
        problems = told_by_systemd(text, path.name, tmp_path)
        assert problems == ""

    def test_would_say_that_it_does_not_know_one(self, tmp_path: Path) -> None:
        path = SHIPPED / "systemd" / "mantelzorg@.service"
        text = path.read_text("utf-8").replace("ProtectHome=yes", "ProtectHouse=yes")
        assert "ProtectHouse" in told_by_systemd(text, path.name, tmp_path)

    def test_shuts_the_app_in(self) -> None:
        service = settings(SHIPPED / "systemd" / "mantelzorg@.service")["Service"]
        assert {name: service.get(name) for name in HARDENED} == HARDENED
        assert {"MemoryMax", "TasksMax", "SystemCallFilter"} <= set(service)

    def test_starts_the_app_for_this_machine_only(self) -> None:
        command = settings(SHIPPED / "systemd" / "mantelzorg@.service")["Service"]["ExecStart"]
        assert "--server.address=127.0.0.1" in command
        assert "--server.port=%i" in command

    def test_runs_every_version_from_the_same_place(self) -> None:
        service = settings(SHIPPED / "systemd" / "mantelzorg@.service")["Service"]
        place = service["BindReadOnlyPaths"].partition(":")[2]
        assert service["WorkingDirectory"] == place
        assert service["ExecStart"].startswith(f"{place}/.venv/")

    def test_asks_for_an_environment_that_the_example_gives(self) -> None:
        service = (SHIPPED / "systemd" / "mantelzorg@.service").read_text("utf-8")
        lines = (SHIPPED / "environment.example").read_text("utf-8").splitlines()
        given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        assert set(re.findall(r"\$\{([A-Z_]+)\}", service)) <= set(given)
        assert given["MANTELZORG_HOST"] == NAME
        assert given["DATABASE_URL"].startswith("postgresql:///")


def told_by_systemd(text: str, name: str, folder: Path) -> str:
    """What systemd-analyze says of a unit and its instance; empty when there is nothing to say."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here")
    for file in UNITS:
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    instance = name.replace("@.", "@8501.")
    (folder / instance).write_text(text, "utf-8")
    done = subprocess.run([program, "verify", folder / instance], capture_output=True, text=True, check=False)
    return "\n".join(line for line in (done.stdout + done.stderr).splitlines() if str(folder) in line or name in line)
