"""Many visits at once, behind nginx as deploy/ ships it, at one and at two processes; and one process killed.

python benchmarks/load.py [--seconds N] [--write]     with --write the results go to docs/benchmarks.md

A visit is a websocket by HTTPS that speaks the messages of the installed Streamlit: it opens the referrer's page,
thinks, changes one answer, and waits until the server says that the page is finished. The clients run in this process,
on the same machine as the servers, and take their share of it.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import os
import platform
import random
import re
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from behind_nginx import ANY_CERTIFICATE, App, Nginx, free_port
from questions import write
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

LOADS = ((50, 5.0), (100, 10.0))
"""How many visits, and how many seconds each thinks on average before it changes an answer."""
PROCESSES = (1, 2)
SETTLING = 5.0
WARM = 25
"""Visits for each process that come first: the memory of what every visit shares is then there."""
PATIENCE = 30.0
"""Seconds after which a page that is not finished counts as a failure."""
FINISHED, AGAIN = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN


class FailedError(Exception):
    """A page that did not come as it should."""


@dataclass
class Visit:
    """Somebody with the referrer's page open. `chosen` are the labels chosen, by the id of the widget."""

    url: str
    random: random.Random
    process: str = ""
    socket: ClientConnection | None = None
    session: str = ""
    verdict: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    questions: dict[str, list[str]] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)
    verdicts: set[str] = field(default_factory=set)
    moved: list[float] = field(default_factory=list)
    lost: int = 0
    failed: int = 0

    async def open(self) -> None:
        """Load the page, connect, and wait until it is drawn."""
        await asyncio.to_thread(self._get, "/")
        await self._connect()
        await self._draw()

    def _get(self, path: str) -> int:
        """Ask by HTTPS, and remember the process as a browser does."""
        connection = http.client.HTTPSConnection(self.url.removeprefix("https://"), timeout=10, context=ANY_CERTIFICATE)
        try:
            connection.request("GET", path, headers={"Cookie": f"mantelzorg_process={self.process}"})
            answer = connection.getresponse()
            answer.read()
            told = re.search(r"mantelzorg_process=(\d+)", str(answer.headers.get_all("Set-Cookie")))
            self.process = told[1] if told else self.process
            return answer.status
        except OSError:
            return 0
        finally:
            connection.close()

    async def _connect(self) -> None:
        names = ["streamlit", "none", self.session] if self.session else ["streamlit"]
        self.socket = await connect(
            self.url.replace("https://", "wss://") + "/_stcore/stream",
            ssl=ANY_CERTIFICATE,
            subprotocols=names,
            origin=self.url,
            additional_headers={"Cookie": f"mantelzorg_process={self.process}"},
            compression=None,
            max_size=None,
        )

    async def _draw(self) -> None:
        """Send every answer, as a browser does, and read until the page is finished."""
        assert self.socket
        asked = BackMsg()
        asked.rerun_script.context_info.url = f"{self.url}/"
        for widget, labels in self.chosen.items():
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = widget
            state.string_array_value.data.extend(labels)
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._finished(ForwardMsg.FromString(await self.socket.recv(decode=False))):
                pass

    def _finished(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take(message.delta.new_element)
        elif kind == "script_finished" and message.script_finished not in (FINISHED, AGAIN):
            raise FailedError(str(message.script_finished))
        return kind == "script_finished" and message.script_finished == FINISHED

    def _take(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise FailedError("an exception on the page")
        if kind == "html" and 'id="verdict-title"' in element.html.body:
            self.verdict = element.html.body
            self.verdicts.add(self.verdict)
        if kind == "button_group" and re.search(r"-q\d+-", element.button_group.id):
            group = element.button_group
            self.questions[group.id] = [option.content for option in group.options]

    async def go_on(self, think: float, until: float) -> None:
        """Think and answer, again and again; find another process when this one is gone."""
        while (pause := self.random.uniform(0.5, 1.5) * think) < until - time.monotonic():
            if await self._cut_off_within(pause):
                await self._move(under_way=False)
                continue
            widget = self.random.choice(sorted(self.questions))
            self.chosen[widget] = [self.random.choice(self.questions[widget])]
            began = time.monotonic()
            try:
                await self._draw()
                self.waited.append(time.monotonic() - began)
            except ConnectionClosed:
                await self._move(under_way=True)
            except (FailedError, TimeoutError, OSError):
                self.failed += 1

    async def _cut_off_within(self, pause: float) -> bool:
        """Think. A browser notices a lost connection at once, also while nothing is asked."""
        assert self.socket
        try:
            await asyncio.wait_for(self.socket.wait_closed(), pause)
        except TimeoutError:
            return False
        return True

    async def _move(self, under_way: bool) -> None:
        """What a browser does: ask whether somebody is there, connect again, send every answer again.

        Unless an answer was under way, the verdict must then be the same to the letter.
        """
        began, before = time.monotonic(), self.verdict
        while time.monotonic() - began < PATIENCE:
            try:
                if await asyncio.to_thread(self._get, "/_stcore/health") == 200:
                    await self._connect()
                    self.verdict = ""
                    await self._draw()
                    self.moved.append(time.monotonic() - began)
                    self.lost += not self.verdict or (self.verdict != before and not under_way)
                    return
            except (ConnectionClosed, InvalidHandshake, FailedError, TimeoutError, OSError):
                pass
            await asyncio.sleep(0.5)
        self.failed += 1

    async def close(self) -> None:
        if self.socket:
            await self.socket.close()


@dataclass(frozen=True)
class Found:
    """What one load came to. Times in milliseconds, processor in percent of one core, memory in megabytes."""

    visits: int
    think: float
    processes: int
    reruns: int
    p50: float
    p95: float
    longest: float
    failures: int
    app: tuple[float, ...]
    nginx: float
    client: float
    others: float
    memory: tuple[float, ...]
    visit_memory: float
    verdicts: int


class Place:
    """The deployment, for a while."""

    def __init__(self, folder: Path, processes: int) -> None:
        self.apps = [App(free_port(), f"sqlite:///{folder}/rooms.db", folder / f"{n}.log") for n in range(processes)]
        self.nginx = Nginx(folder / "nginx", tuple(app.port for app in self.apps))

    def cpu(self) -> tuple[list[float], float, float, float]:
        """Seconds used by each app process, by nginx, by the clients, and by the whole machine."""
        fields = [int(part) for part in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        busy = (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")
        alive = [app.cpu() if app.process.poll() is None else 0.0 for app in self.apps]
        return alive, self.nginx.cpu(), time.process_time(), busy


@contextmanager
def place(processes: int) -> Iterator[Place]:
    """Start everything, and end everything that was started."""
    with tempfile.TemporaryDirectory(prefix="mantelzorg-load-") as folder:
        made = Place(Path(folder), processes)
        try:
            for app in made.apps:
                app.start()
            for app in made.apps:
                app.wait()
            made.nginx.start()
            yield made
        finally:
            made.nginx.end()
            for app in made.apps:
                app.end()


async def opened(where: Place, count: int) -> list[Visit]:
    """So many visits, each with its page drawn."""
    visits = [Visit(where.nginx.url, random.Random(number)) for number in range(count)]
    for visit in visits:
        await visit.open()
    return visits


async def load(where: Place, count: int, think: float, seconds: float) -> Found:
    """Let so many visits go on for so long, and look at what the machine does meanwhile."""
    first = await opened(where, WARM * len(where.apps))
    await asyncio.sleep(SETTLING)
    before = [app.memory() for app in where.apps]
    visits = await opened(where, count)
    await asyncio.sleep(SETTLING)
    after = [app.memory() for app in where.apps]
    going = [asyncio.create_task(visit.go_on(think, time.monotonic() + SETTLING + think + seconds)) for visit in visits]
    await asyncio.sleep(SETTLING + think)
    for visit in visits:
        visit.waited.clear()
    began, used = time.monotonic(), where.cpu()
    await asyncio.sleep(seconds)
    spent, now = time.monotonic() - began, where.cpu()
    await asyncio.gather(*going)
    memory = [app.memory() for app in where.apps]
    for visit in [*visits, *first]:
        await visit.close()
    app = [100 * (b - a) / spent for a, b in zip(used[0], now[0], strict=True)]
    nginx, client, busy = (100 * (b - a) / spent for a, b in zip(used[1:], now[1:], strict=True))
    waits = sorted(1000 * wait for visit in visits for wait in visit.waited)
    return Found(
        count, think, len(where.apps), len(waits), median(waits), share(waits, 0.95), waits[-1],
        sum(visit.failed + len(visit.moved) for visit in visits), tuple(app), nginx, client,
        max(0.0, busy - sum(app) - nginx - client), tuple(memory), (sum(after) - sum(before)) / count,
        len({verdict for visit in visits for verdict in visit.verdicts}),
    )  # fmt: skip


@dataclass(frozen=True)
class Killed:
    """What became of visits when one of two processes was killed. Times in milliseconds."""

    visits: int
    think: float
    moved: int
    lost: int
    failures: int
    p50: float
    longest: float
    others_p95: float
    after_p95: float
    reruns: int


async def killed(where: Place, count: int, think: float, seconds: float) -> Killed:
    """Kill one process after half of the time."""
    visits = await opened(where, count)
    going = [asyncio.create_task(visit.go_on(think, time.monotonic() + seconds)) for visit in visits]
    await asyncio.sleep(seconds / 2)
    where.apps[0].end(signal.SIGKILL)
    here = [visit for visit in visits if visit.process == "1"]
    for visit in visits:
        visit.waited.clear()
    await asyncio.gather(*going)
    for visit in visits:
        await visit.close()
    moves = sorted(1000 * one for visit in visits for one in visit.moved)
    others = sorted(1000 * wait for visit in visits if visit not in here for wait in visit.waited)
    after = sorted(1000 * wait for visit in here for wait in visit.waited)
    return Killed(
        count, think, len(moves), sum(visit.lost for visit in visits), sum(visit.failed for visit in visits),
        median(moves), moves[-1], share(others, 0.95), share(after, 0.95), len(others) + len(after),
    )  # fmt: skip


def share(numbers: list[float], part: float) -> float:
    """The number below which this part of the sorted numbers lies."""
    return numbers[min(len(numbers) - 1, int(part * len(numbers)))] if numbers else 0.0


def times_row(one: Found) -> str:
    return (
        f"| {one.visits}, {one.think:.0f} s | {one.processes} | {one.reruns} | {one.p50:.0f} | **{one.p95:.0f}** | "
        f"{one.longest:.0f} | {one.failures} |"
    )


def means_row(one: Found) -> str:
    app, memory = (" + ".join(f"{part:.0f}" for part in parts) for parts in (one.app, one.memory))
    return (
        f"| {one.visits}, {one.think:.0f} s | {one.processes} | {app} % | {one.nginx:.0f} % | {one.client:.0f} % | "
        f"{one.others:.0f} % | {memory} | {one.visit_memory:.2f} |"
    )


def lines(found: list[Found], dead: Killed, seconds: float) -> Iterator[str]:
    """The section, in Markdown."""
    yield "## Many visits at once, behind nginx"
    yield ""
    yield f"`python benchmarks/load.py --write`, {date.today()}, Python {platform.python_version()}, {os.cpu_count()}"
    yield f"CPUs, {seconds:.0f} s each. nginx with the files of `deploy/`, HTTPS, real websockets with Streamlit's own"
    yield "messages. Every visit has the referrer's page open, thinks (between half and one and a half times the time"
    yield "given), changes an answer, and waits for the end of the run. Clients, nginx and app share the two cores;"
    yield "*others* is what the rest of the machine did meanwhile: where it is much, the times say less about the app."
    yield "Times in ms, processor in percent of one core, memory in MB."
    yield ""
    yield "| visits, think time | processes | reruns | median | p95 | longest | failures |"
    yield "|---|---|---|---|---|---|---|"
    yield from map(times_row, found)
    yield ""
    yield "| visits, think time | processes | app | nginx | clients | others | memory of the app | for each visit |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from map(means_row, found)
    yield ""
    yield "Aims: p95 500 ms for 50 visits, 1000 ms for 100; at most 1 MB for a visit; no failure. A failure is a page"
    yield f"not finished in {PATIENCE:.0f} s, an exception on it, or a lost connection. Each run saw"
    yield f"{min(one.verdicts for one in found)} or more different verdict cards: the answers did arrive. What a"
    yield "browser loads once before its first page (4 MB, or a third of it compressed) is not in these figures."
    yield ""
    yield f"**One of two processes killed** (SIGKILL) under {dead.visits} visits that think {dead.think:.0f} s:"
    yield ""
    yield "| what | measured |"
    yield "|---|---|"
    yield f"| visits of the killed process, taken over by the other | {dead.moved} |"
    yield f"| of these whose verdict card was not the same to the letter | {dead.lost} |"
    yield f"| visits that failed | {dead.failures} |"
    yield f"| from the kill until the page is whole again | median {dead.p50:.0f} ms, longest {dead.longest:.0f} ms |"
    yield f"| a rerun afterwards, p95: visits of the other process | {dead.others_p95:.0f} ms |"
    yield f"| a rerun afterwards, p95: visits that moved | {dead.after_p95:.0f} ms |"


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = []
    for count, think in LOADS:
        for processes in PROCESSES:
            with place(processes) as where:
                found.append(asyncio.run(load(where, count, think, options.seconds)))
            print(times_row(found[-1]), means_row(found[-1]), flush=True)
    with place(2) as where:
        dead = asyncio.run(killed(where, *LOADS[1], options.seconds))
    text = "\n".join(lines(found, dead, options.seconds))
    print(text)
    if options.write:
        write("load", text)


if __name__ == "__main__":
    main()
