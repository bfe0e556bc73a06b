"""A training room under load, and killed in the middle: real HTTP clients on loopback against the real server.

python benchmarks/room.py [--phones N] [--write]     with --write the results go to docs/benchmarks.md

The clients run on the same machine as the server and take their share of it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "benchmarks.md"
TITLE = "## A training room"
CASES = ("fatma", "joke", "daan", "henk", "wei")
CHOICES = ("yes", "no", "depends", "unsure")
VOTING = 5.0
"""Seconds in which everybody votes."""
POLLING = 2.5
WALL = 1.0
GIVE_UP = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The app in a process of its own, which can be killed and started again on the same port and database."""

    def __init__(self, database: str) -> None:
        self.port, self._database = free_port(), database
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        environment = os.environ | {"DATABASE_URL": self._database}
        began = time.monotonic()
        self._process = subprocess.Popen(
            [*command, "--server.headless", "true"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while time.monotonic() - began < GIVE_UP:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1).close()
                return time.monotonic() - began
            except OSError:
                time.sleep(0.02)
        raise TimeoutError("the server does not answer")

    def end(self, how: signal.Signals) -> None:
        """Stop it, gently or not."""
        assert self._process
        self._process.send_signal(how)
        self._process.wait(30)

    def cpu(self) -> float:
        """Processor seconds that it used so far."""
        assert self._process
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Client:
    """One connection that is kept, as a browser keeps it; made again when it breaks."""

    every: ClassVar[list[Client]] = []

    def __init__(self, port: int) -> None:
        self._port = port
        self.every.append(self)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, data: object = None, **headers: str) -> tuple[int, bytes]:
        """The status and the body; status 0 when nobody answers. A connection that was closed is made anew, once."""
        for _ in range(2 if self._streams else 1):
            try:
                return await asyncio.wait_for(self._ask(method, path, data, headers), 8)
            except (OSError, EOFError, TimeoutError, ValueError):
                self.close()
        return 0, b""

    @classmethod
    async def close_all(cls) -> None:
        while cls.every:
            cls.every.pop().close()
        await asyncio.sleep(0.1)

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _ask(self, method: str, path: str, data: object, headers: dict[str, str]) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        body = b"" if data is None else json.dumps(data).encode()
        sent = {"Host": f"127.0.0.1:{self._port}", "Content-Length": str(len(body)), **headers}
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in sent.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        await writer.drain()
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(answer.split(" ", 2)[1])
        length = re.search(r"content-length: (\d+)", answer)
        if length:
            return status, await reader.readexactly(int(length.group(1)))
        if "transfer-encoding: chunked" not in answer:
            return status, b""
        whole = b""
        while size := int(await reader.readline(), 16):
            whole += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return status, whole


@dataclass
class Trainer:
    """Opens the room and moves it on."""

    client: Client
    code: str = ""
    token: str = ""
    pin: str = ""

    async def open(self, cases: tuple[str, ...] = CASES) -> None:
        asked = {"language": "nl", "rhythm": "quiz", "cases": cases}
        status, body = await self.client.ask("POST", "/training/rooms", asked)
        assert status == 201, (status, body)
        found = json.loads(body)
        self.code, self.token, self.pin = found["code"], found["token"], found["pin"]

    @property
    def room(self) -> str:
        return f"/training/rooms/{self.code}"

    async def now(self) -> dict[str, object]:
        while True:
            status, body = await self.client.ask("GET", f"{self.room}/now", authorization=f"Bearer {self.token}")
            if status == 200:
                found: dict[str, object] = json.loads(body)
                return found
            await asyncio.sleep(0.1)

    async def do(self, action: str) -> None:
        while True:
            asked = {"action": action, "revision": (await self.now())["revision"]}
            status, _ = await self.client.ask("POST", f"{self.room}/do", asked, authorization=f"Bearer {self.token}")
            if status == 200:
                return

    async def voted(self) -> int:
        """The counter that the wall shows."""
        status, body = await self.client.ask("GET", f"{self.room}/beamer/now")
        found = re.search(r"(\d+) van \d+ stemden", json.loads(body)["html"]) if status == 200 else None
        return int(found.group(1)) if found else 0

    async def report(self) -> list[list[str]]:
        _, body = await self.client.ask("GET", f"{self.room}/report.csv", authorization=f"Bearer {self.token}")
        return [line.split(";") for line in body.decode("utf-8-sig").splitlines()]


@dataclass
class Phone:
    """A participant: votes until it is acknowledged, as the page does."""

    client: Client
    code: str
    seat: str = field(default_factory=lambda: os.urandom(16).hex())
    n: int = 0

    async def sit(self) -> None:
        while (await self.client.ask("POST", f"/mee/{self.code}/seat", {"seat": self.seat}))[0] != 204:
            await asyncio.sleep(0.2)

    async def vote(self, item: int, round_: str, choice: str) -> tuple[float, int]:
        """Seconds until it was counted, and how often it had to be sent."""
        self.n += 1
        vote = {"seat": self.seat, "item": item, "round": round_, "n": self.n, "choice": choice}
        began, sent = time.monotonic(), 0
        while time.monotonic() - began < GIVE_UP:
            sent += 1
            status, _ = await self.client.ask("POST", f"/mee/{self.code}/vote", vote)
            if status == 200:
                return time.monotonic() - began, sent
            if status == 403:
                await self.sit()
            await asyncio.sleep(0.25)
        raise TimeoutError("a vote was not counted")

    async def watch(self, until: asyncio.Event) -> None:
        """Ask what is to be seen, again and again."""
        known = ""
        while not until.is_set():
            status, body = await self.client.ask("GET", f"/mee/{self.code}/now?r={known}", x_seat=self.seat)
            if status == 200:
                known = str(json.loads(body)["revision"])
            try:
                await asyncio.wait_for(until.wait(), POLLING * random.uniform(0.8, 1.2))
            except TimeoutError:
                continue


@dataclass(frozen=True)
class Load:
    """What was measured under load. Times in milliseconds; processor in percent of one core."""

    phones: int
    joined: float
    vote: tuple[float, float, float]
    bar: tuple[float, float]
    voting_cpu: float
    polling_cpu: float
    seen: int


async def load(server: Server, count: int) -> Load:
    """Everybody votes within `VOTING` seconds while all poll."""
    trainer, done = Trainer(Client(server.port)), asyncio.Event()
    await trainer.open()
    began = time.monotonic()
    phones = [Phone(Client(server.port), trainer.code) for _ in range(count)]
    await asyncio.gather(*(phone.sit() for phone in phones))
    joined = time.monotonic() - began
    watching = [asyncio.create_task(Phone(Client(server.port), one.code, one.seat).watch(done)) for one in phones]
    await trainer.do("forward")
    await trainer.do("forward")
    await asyncio.sleep(2 * POLLING)
    at, cpu = time.monotonic(), server.cpu()
    counted: list[float] = []
    took: list[float] = []

    async def one(phone: Phone) -> None:
        await asyncio.sleep(random.uniform(0, VOTING))
        took.append((await phone.vote(0, "first", random.choice(CHOICES)))[0])
        counted.append(time.monotonic())

    voting = asyncio.gather(*map(one, phones))
    seen: list[tuple[float, int]] = []
    while not voting.done() or seen[-1][1] < count:
        seen.append((time.monotonic(), 0))
        seen[-1] = (time.monotonic(), await trainer.voted())
        if time.monotonic() - at > GIVE_UP:
            break
        await asyncio.sleep(WALL)
    await voting
    voting_cpu = 100 * (server.cpu() - cpu) / (time.monotonic() - at)
    at, cpu = time.monotonic(), server.cpu()
    await asyncio.sleep(4 * POLLING)
    polling_cpu = 100 * (server.cpu() - cpu) / (time.monotonic() - at)
    done.set()
    await asyncio.gather(*watching)
    waits = [first(seen, place) - moment for place, moment in enumerate(sorted(counted))]
    return Load(
        count,
        joined,
        (1000 * share(took, 0.5), 1000 * share(took, 0.95), 1000 * max(took)),
        (1000 * share(waits, 0.5), 1000 * share(waits, 0.95)),
        voting_cpu,
        polling_cpu,
        seen[-1][1],
    )


@dataclass(frozen=True)
class Killed:
    """What became of votes while the server was killed. `again` counts votes that had to be sent more than once."""

    votes: int
    lost: int
    double: int
    again: int
    restart: float
    longest: float


async def killed(server: Server, count: int, cases: int = len(CASES)) -> Killed:
    """Vote on each case with each phone; in the middle of the voting the server is killed and started again."""
    trainer = Trainer(Client(server.port))
    await trainer.open(CASES[:cases])
    phones = [Phone(Client(server.port), trainer.code) for _ in range(count)]
    await asyncio.gather(*(phone.sit() for phone in phones))
    acked: list[dict[str, int]] = []
    again, longest, restart = 0, 0.0, 0.0
    for item in range(cases):
        await trainer.do("skip_case" if item else "forward")
        await trainer.do("forward")
        counts = dict.fromkeys(CHOICES, 0)

        async def one(phone: Phone, item: int = item, counts: dict[str, int] = counts) -> tuple[float, int]:
            choice = random.choice(CHOICES)
            await asyncio.sleep(random.uniform(0, 1))
            found = await phone.vote(item, "first", choice)
            counts[choice] += 1
            return found

        voting = asyncio.gather(*map(one, phones))
        if item == cases // 2:
            await asyncio.sleep(0.5)
            server.end(signal.SIGKILL)
            restart = await asyncio.to_thread(server.start)
        results = await voting
        again += sum(sent > 1 for _, sent in results)
        longest = max([longest, *(seconds for seconds, _ in results)])
        acked.append(counts)
    rows = [row for row in await trainer.report() if row[3] == "stemmen"]
    stored = [{row[4]: int(row[5]) for row in rows if row[1] == str(item + 1)} for item in range(cases)]
    pairs = [(own[name], kept.get(name, 0)) for own, kept in zip(acked, stored, strict=True) for name in CHOICES]
    lost, double = (sum(max(0, sign * (a - b)) for a, b in pairs) for sign in (1, -1))
    return Killed(sum(a for a, _ in pairs), lost, double, again, restart, longest)


def first(seen: list[tuple[float, int]], place: int) -> float:
    """When the wall first counted more than so many votes."""
    return next(when for when, number in seen if number > place)


def share(numbers: list[float], part: float) -> float:
    """The number below which this part of them lies."""
    return sorted(numbers)[min(len(numbers) - 1, int(part * len(numbers)))]


def lines(found: Load, dead: Killed) -> list[str]:
    """What was measured, as text for docs/benchmarks.md."""
    return [
        TITLE,
        "",
        "`python benchmarks/room.py`: real HTTP clients on the same two cores as the one server process, SQLite with",
        f"synchronous=FULL, {found.phones} phones that poll every {POLLING} s, a wall that polls every second.",
        "",
        "| what | measured |",
        "|---|---|",
        f"| {found.phones} phones take a seat, all at once | {found.joined:.1f} s |",
        f"| a vote until it is acknowledged, everybody within {VOTING:.0f} s | median {found.vote[0]:.0f} ms, "
        f"p95 {found.vote[1]:.0f} ms, longest {found.vote[2]:.0f} ms |",
        "| from the acknowledgement to the counter on the wall | "
        f"median {found.bar[0]:.0f} ms, p95 {found.bar[1]:.0f} ms |",
        f"| votes that the wall counted at last | {found.seen} of {found.phones} |",
        f"| processor of the server while all vote and poll | {found.voting_cpu:.0f} % of one core |",
        f"| the same while all only poll | {found.polling_cpu:.0f} % of one core |",
        f"| {dead.votes} votes, the server killed once (SIGKILL) and started again | {dead.lost} lost, "
        f"{dead.double} double; {dead.again} had to be sent again |",
        f"| from the kill until it answers again | {dead.restart:.1f} s; "
        f"the longest wait for a vote {dead.longest:.1f} s |",
        "",
    ]


def write(text: list[str]) -> None:
    """Put the part about rooms into the report, in the place of an older one."""
    whole = REPORT.read_text("utf-8")
    before, found, rest = whole.partition(f"{TITLE}\n")
    after = re.split(r"(?m)^(?=## )", rest, maxsplit=1)[1:] if found else []
    REPORT.write_text("\n".join([before.rstrip("\n"), "", *text]) + ("\n" + after[0] if after else ""), "utf-8")


def measured(run: Callable[[Server], Awaitable[object]]) -> object:
    """What a run gives on a fresh server and database."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(f"sqlite:///{folder}/rooms.db")
        server.start()
        try:
            return asyncio.run(to_the_end(run(server)))
        finally:
            server.end(signal.SIGTERM)


async def to_the_end(run: Awaitable[object]) -> object:
    """What a run gives, after its connections are closed."""
    try:
        return await run
    finally:
        await Client.close_all()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    under_load = measured(lambda server: load(server, given.phones))
    after_kill = measured(lambda server: killed(server, given.phones))
    assert isinstance(under_load, Load)
    assert isinstance(after_kill, Killed)
    report = lines(under_load, after_kill)
    print("\n".join(report))
    if given.write:
        write(report)
