"""Measures judging many rows at once beside other ways to judge the same rows, all in one run.

python -m venv build/bench && build/bench/bin/pip install -r requirements-bench.txt
build/bench/bin/python benchmarks/bulk.py [--quick] [--write]

About five minutes, or one with --quick; with --write the results go to docs/benchmarks.md. A peer that is not
installed is left out, and said to be.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "benchmarks.md"
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
SLOWED = [name for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ]
"""Settings of a machine that slow numpy down: measured without."""

import bulk_peers as peers  # noqa: E402
import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.csv  # noqa: E402
from bulk_rows import UNKNOWN, Rows, draw  # noqa: E402

from mantelzorg.assessment import Judge  # noqa: E402
from mantelzorg.bulk.codes import encode  # noqa: E402
from mantelzorg.bulk.judging import BulkReader, bulk_reader, judge_codes, names  # noqa: E402
from mantelzorg.content import load  # noqa: E402

RULES = "mantelzorg"
SIZES, QUICK_SIZES = (100_000, 1_000_000, 10_000_000), (100_000, 1_000_000)
ROUNDS = 3
MOST_TEXT = 1_000_000
"""A frame of text of ten million rows would measure the memory of the machine."""
ONE_BY_ONE, BY_ZEN = 10_000, 4_000
LONGEST = 14.0
"""A peer that would take longer for one size, in seconds, is not run on it."""
AIMS = {"codes": 30e6, "texts": 2e6, "times": 8.0, "csv": 15.0, "csv memory": 400.0}
Maker = Callable[[Rows], peers.Peer]


@dataclass
class Table:
    """The best rate per peer and size, and the rows on which a peer found something else."""

    sizes: tuple[int, ...]
    rates: dict[str, dict[int, float]] = field(default_factory=dict)
    more_open: dict[str, int] = field(default_factory=dict)
    different: dict[str, int] = field(default_factory=dict)
    compared: dict[str, int] = field(default_factory=dict)

    def best(self, name: str) -> float:
        """The rate on the most rows that it was run on; 0 for a peer that was not."""
        rates = self.rates.get(name)
        return rates[max(rates)] if rates else 0.0


def compare(own: Judge, table: Table, makers: Iterable[Maker], unknown: float) -> None:
    """Every peer on every size: one round after the other, each with all peers, and the best of them."""
    makers = list(makers)
    for size in table.sizes:
        rows = draw(own, size, unknown)
        truth = peers.coded(rows)
        right = truth.places(truth.run())
        made = []
        for maker in makers:
            peer = maker(rows)
            if size / (table.best(peer.name) or size) * ROUNDS < LONGEST:
                made.append(peer)
                judge_result(table, peer, right, len(own.table.verdicts))
        for _ in range(ROUNDS):
            for peer in made:
                rates = table.rates.setdefault(peer.name, {})
                rates[size] = max(rates.get(size, 0.0), size / seconds(peer.run))
        makers = [maker for maker in makers if worth(maker, size, table, rows)]
        del rows, made, truth
        gc.collect()


def worth(maker: Maker, size: int, table: Table, rows: Rows) -> bool:
    """Whether a peer can do ten times as many rows in time. Text is not tried: its frames are too large."""
    if maker is peers.texts:
        return size * 10 <= MOST_TEXT
    name = maker(rows.part(8)).name
    return size * 10 / table.best(name) * (ROUNDS + 1) < LONGEST * 2


def judge_result(table: Table, peer: peers.Peer, right: peers.Places, undecided: int) -> None:
    """Count where a peer found something else than our reader, and how often that was only "open"."""
    found = peer.places(peer.run())
    other = found != right[: len(found)]
    is_open = other & (found == undecided)
    table.compared[peer.name] = len(found)
    table.more_open[peer.name] = int(is_open.sum())
    table.different[peer.name] = int(other.sum() - is_open.sum())


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def row_by_row(own: Judge, table: Table, quick: bool) -> None:
    """Peers that take one row at a time, on a sample; their rates do not depend on how many rows there are."""
    rows, known = draw(own, ONE_BY_ONE, UNKNOWN, 2), draw(own, BY_ZEN, 0.0, 2)
    made = [(peers.interpreter(rows), rows), (peers.one_by_one(rows), rows)]
    if installed("zen-engine"):
        made.append((peers.Zen(own).peer(known), known))
    for peer, given in made:
        truth = peers.coded(given)
        judge_result(table, peer, truth.places(truth.run()), len(own.table.verdicts))
        best = min(seconds(peer.run) for _ in range(1 if quick else ROUNDS))
        table.rates[peer.name] = {given.count: given.count / best}


def spark(own: Judge, table: Table, size: int) -> float:
    """Both ways through Spark, on so many rows; gives the seconds until its session is there."""
    rows = draw(own, size, UNKNOWN)
    truth = peers.coded(rows)
    right = truth.places(truth.run())
    from mantelzorg.bulk.spark import session

    began = seconds(session)
    with tempfile.TemporaryDirectory() as folder:
        for peer in peers.spark(rows, folder):
            judge_result(table, peer, right, len(own.table.verdicts))
            table.rates[peer.name] = {size: size / min(seconds(peer.run) for _ in range(2))}
    session().stop()
    return began


def installed(package: str) -> bool:
    """Whether a peer is there."""
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


@dataclass(frozen=True)
class Limit:
    """Bytes a second of reading the coded columns and doing nothing else with them, and bytes of a row."""

    read: float
    row: int


def memory_limit(own: Judge, size: int) -> Limit:
    """A plain sum over the coded columns, eight bytes at a time, on one core."""
    part = draw(own, 1_000_000, UNKNOWN).codes.columns
    columns = [np.tile(column, size // 1_000_000) for column in part]
    words = [column.view(np.uint64) for column in columns]
    total = sum(column.nbytes for column in columns)
    best = min(seconds(lambda: [column.sum() for column in words]) for _ in range(7))
    return Limit(total / best, total // len(columns[0]))


@dataclass(frozen=True)
class Screened:
    """`python -m mantelzorg screen` on a CSV file: seconds and MB at most, and the sizes of both files in MB."""

    rows: int
    facts: int
    seconds: float
    cpu: float
    memory: float
    read: float
    written: float
    wrong: int


def screen(own: Judge, judges: Iterable[Judge], size: int) -> dict[str, Screened]:
    """The whole command by each rule set, from starting Python until the result has its name."""
    rows = draw(own, size, UNKNOWN, 3)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="needed")
        pyarrow.csv.write_csv(pa.Table.from_pandas(rows.texts, preserve_index=False), source, options)
        for judge in judges:
            right = encoded(rows, judge)
            command = [
                sys.executable,
                "-m",
                "mantelzorg",
                "screen",
                str(source),
                str(target),
                "--rules",
                judge.rules.id,
            ]
            took, cpu, peak = watched([*command, "--json"])
            read, written = (path.stat().st_size / 1e6 for path in (source, target))
            wrong = miscounted(judge, target, right)
            found[judge.rules.id] = Screened(size, len(rows.facts), took, cpu, peak, read, written, wrong)
            target.unlink()
    return found


def encoded(rows: Rows, judge: Judge) -> peers.Places:
    """What rows drawn for one rule set are to another."""
    found: peers.Places = judge_codes(encode(rows.texts, judge), judge).codes
    return found


def miscounted(own: Judge, target: Path, right: peers.Places) -> int:
    """Rows of the output whose code is not that of our reader; a contradiction or open row has a word of its own."""
    parsing = pyarrow.csv.ParseOptions(delimiter=";", newlines_in_values=True)
    reading = pyarrow.csv.ConvertOptions(include_columns=[f"{own.rules.id}: code"], strings_can_be_null=False)
    table = pyarrow.csv.read_csv(target, parse_options=parsing, convert_options=reading)
    meant = names(own)
    return sum(meant[place] != said for place, said in zip(right, table.column(0).to_pylist(), strict=True))


def watched(command: list[str]) -> tuple[float, float, float]:
    """Seconds, processor seconds, and the most memory in MB, of a command that has to succeed."""
    start, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    status = Path(f"/proc/{process.pid}/status")
    while not (ended := os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)):
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
        peak = int(found[1]) / 1000 if found else peak
        time.sleep(0.02)
    took = time.perf_counter() - start
    _, code, usage = os.wait4(process.pid, 0)
    assert ended
    if code:
        assert process.stderr
        raise RuntimeError(process.stderr.read().decode()[-2000:])
    return took, usage.ru_utime + usage.ru_stime, peak


def rule_sets(judges: Iterable[Judge], size: int) -> Iterator[str]:
    """A line per rule set of our own: what it costs to build and to read."""
    yield "| rule set | facts | situations | reader states | build | tables | million rows/s |"
    yield "|---|---|---|---|---|---|---|"
    for own in judges:
        build = seconds(lambda own=own: Judge(own.rules)) + seconds(lambda own=own: BulkReader(own))
        reader = bulk_reader(own)
        tables = sum(step.table.nbytes for one in (reader.assuming, reader.plain) for step in one.steps)
        peer = peers.coded(draw(own, size, UNKNOWN))
        rate = size / min(seconds(peer.run) for _ in range(5))
        yield (
            f"| {own.rules.id} | {len(own.table.axes)} | {own.table.cells.size:,} | {own.reader.states:,} | "
            f"{1000 * build:.0f} ms | {tables / 1000:,.0f} kB | {rate / 1e6:.0f} |"
        )


def growth(most: float) -> Iterator[str]:
    """A line per size of a made rule set."""
    command = [sys.executable, str(ROOT / "benchmarks" / "bulk_growth.py"), str(most)]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    yield "| yes/no facts, and lines | situations | reader states | build | memory at most | tables | million rows/s |"
    yield "|---|---|---|---|---|---|---|"
    for line in map(json.loads, found.splitlines()):
        if "refused" in line:
            yield f"| {line['facts']} | refused: {line['refused']} | | | | | |"
            continue
        yield (
            f"| {line['facts']} | {line['cells']:,} | {line['states']:,} | {line['build']:.2f} s | "
            f"{line['peak']:.0f} MB | {line['tables'] / 1e6:.1f} MB | {line['rate'] / 1e6:.0f} |"
        )


def rate_lines(table: Table, base: str) -> Iterator[str]:
    """The table of a comparison. The ratio is that of our coded columns, on the most rows that both were run on."""
    ours = table.rates[base]
    heads = [f"{size:,} rows" for size in table.sizes]
    yield f"| million rows/s | {' | '.join(heads)} | coded columns are … times as fast | more open | different |"
    yield f"|---|{'---|' * (len(heads) + 3)}"
    for name, rates in sorted(table.rates.items(), key=lambda own: -table.best(own[0])):
        cells = [f"{rates[size] / 1e6:,.2f}" if size in rates else "" for size in table.sizes]
        sample = next((count for count in rates if count not in table.sizes), None)
        if sample:
            cells[0] = f"{rates[sample] / 1e6:.4f} ({sample:,} rows)"
        both = [size for size in rates if size in ours]
        times = (ours[max(both)] if both else ours[min(ours)]) / table.best(name)
        compared = table.compared[name]
        yield (
            f"| {name} | {' | '.join(cells)} | {'' if name == base else f'{times:,.1f}'} | "
            f"{share(table.more_open[name], compared)} | {table.different[name]:,} of {compared:,} |"
        )


def share(count: int, whole: int) -> str:
    """A count, as a part of the whole."""
    return f"{100 * count / whole:.1f} %" if count else "0"


def measure(quick: bool) -> Iterator[str]:
    """Everything, as text for docs/benchmarks.md."""
    began, load_before = time.perf_counter(), os.getloadavg()[0]
    judges = load().judges
    own = judges[RULES]
    sizes = QUICK_SIZES if quick else SIZES
    csv = screen(own, [own] if quick else [own, judges["cbs"]], 100_000 if quick else 1_000_000)
    table, known = Table(sizes), Table(sizes)
    duck = [lambda rows, n=n: peers.duckdb_sql(rows, n) for n in (1, 2)] if installed("duckdb") else []
    duck += [peers.duckdb_by_hand] if duck else []
    compare(own, table, [peers.coded, peers.texts, peers.masks, peers.nullable, *duck], UNKNOWN)
    fisca = [peers.openfisca] if installed("openfisca-core") else []
    compare(own, known, [peers.coded, peers.masks, *fisca, *duck[-1:]], 0.0)
    one_by_one = Table((ONE_BY_ONE,))
    row_by_row(own, one_by_one, quick)
    limit = memory_limit(own, SIZES[-1])
    sets, grown = list(rule_sets(judges.values(), 1_000_000)), list(growth(1.0 if quick else 6.0))
    started = spark(own, table, 100_000 if quick else 1_000_000) if installed("pyspark") else 0.0
    spent, loads = time.perf_counter() - began, (load_before, os.getloadavg()[0])
    codes = peers.coded(draw(own, 1_000_000, UNKNOWN)).run().codes
    contradictions = float((codes == len(own.table.verdicts) + 1).mean())
    yield from report(
        Found(own, table, known, one_by_one, limit, csv, sets, grown, started, spent, loads, contradictions, quick)
    )


@dataclass(frozen=True)
class Found:
    """All that was measured."""

    own: Judge
    table: Table
    known: Table
    one_by_one: Table
    limit: Limit
    csv: dict[str, Screened]
    sets: list[str]
    grown: list[str]
    spark: float
    spent: float
    loads: tuple[float, float]
    contradictions: float
    quick: bool


CODED, TEXTS, DUCKDB, FISCA = (
    "judge_codes, coded columns",
    "judge, text labels",
    "DuckDB, written for it, 1 thread",
    "OpenFisca-Core",
)


def times(table: Table, name: str) -> str:
    """How many times as fast coded columns are, on the most rows that both were run on."""
    ours, theirs = table.rates[CODED], table.rates.get(name)
    if not theirs:
        return "not installed"
    size = max(size for size in theirs if size in ours)
    return f"{ours[size] / theirs[size]:.1f}"


def report(found: Found) -> Iterator[str]:
    """The section, line by line."""
    own = found.own
    packages = ("numpy", "pandas", "pyarrow", "duckdb", "zen-engine", "openfisca-core", "pyspark")
    versions = ", ".join(f"{name} {version(name) if installed(name) else 'not installed'}" for name in packages)
    yield "## Many rows at once"
    yield ""
    yield f"`python benchmarks/bulk.py{' --quick' * found.quick} --write`, {date.today()},"
    yield f"Python {platform.python_version()}, {os.cpu_count()} CPUs, in one run of {found.spent:.0f} s;"
    yield f"{versions}."
    yield f"Load when it began {found.loads[0]:.1f}, when it ended {found.loads[1]:.1f}; other work took turns, so"
    yield f"trust ratios, not rates. Peers are run in turn, {ROUNDS} rounds, and the best of each counts."
    yield "Environment variables that slow numpy (`OPENBLAS_CORETYPE`, `OPENBLAS_L2_SIZE`) are taken away first."
    yield f"Rule set `{own.rules.id}`: {len(own.table.axes)} facts, {own.table.cells.size:,} situations. Rows are drawn"
    yield "at random (seed 1): facts apart from each other, every class of a fact as likely as the next, and"
    yield f"{UNKNOWN:.0%} of the answers unknown. So many of them contradict each other: {found.contradictions:.0%}."
    yield ""
    yield from aims(found)
    yield ""
    yield "### Beside other ways, answers unknown"
    yield ""
    yield from rate_lines(found.table, CODED)
    yield ""
    yield from EXPLAINED
    yield f"- Spark's session took {found.spark:.1f} s more, once." if found.spark else "- Spark was not installed."
    yield ""
    yield "### Beside other ways, everything known"
    yield ""
    yield "OpenFisca-Core and zen-engine know no unknown: the same rule set on rows without it."
    yield ""
    yield from rate_lines(found.known, CODED)
    yield ""
    yield "OpenFisca has an Enum per choice, whole numbers, a bool per option and a formula per criterion; making a"
    yield "simulation and giving it the columns is counted."
    yield ""
    yield "### One row at a time"
    yield ""
    yield f"A sample of {ONE_BY_ONE:,} rows (zen-engine: {BY_ZEN:,}, everything known), answers ready as dictionaries."
    yield "Rows do not depend on each other, so the rate is taken to hold for any number; the ratio is to coded columns"
    yield "of the smallest size above. zen-engine has an expression per criterion and a chain of `? :`."
    yield ""
    yield from one_by_one_lines(found)
    yield ""
    yield "### How the cost grows"
    yield ""
    yield "With rows: see above. With rule sets (each is judged apart, so times add up), 1,000,000 rows:"
    yield ""
    yield from found.sets
    yield ""
    yield "With facts: a made rule set of yes/no facts, as many lines of three facts each, five verdicts. It grows"
    yield "until building passes 6 s (1 s with --quick) or 2 GB, or the program refuses (20,000,000 situations, or"
    yield "200,000 states after one fact). The last line that is not refused is about the largest that is practical:"
    yield ""
    yield from found.grown
    yield ""
    yield "Lines drawn at random have little in common, which makes more states than rules that people write."


EXPLAINED = (
    "*More open*: rows that a peer leaves open and our reader decides or calls a contradiction, of its largest size.",
    "*Different*: any other result. An empty cell: too slow for that size, or too large (text). What is compared:",
    "- Input is ready, in each one's own form: codes, text, int16 columns, nullable columns (boolean for each option),",
    "  a DuckDB table, Parquet files. Output is one result a row: a number, in DuckDB a table, in Spark none (noop).",
    "- numpy and pandas are written from the conditions, each test and each criterion worked out once.",
    "- DuckDB twice: our SELECT, which has to run on Spark unchanged and says a criterion wherever it is used, and one",
    "  written for DuckDB, with a column for each criterion and ENUM for choices.",
    "- Three-valued conditions are weaker than the table: they do not see that lines together leave one verdict.",
    "- Spark runs on two cores and is warm; its rates are for reading, judging and dropping.",
)


def aims(found: Found) -> Iterator[str]:
    """What was aimed at, and what was reached."""
    csv, top = found.csv, max(found.table.rates[CODED])
    rate = found.table.rates[CODED][top]
    bandwidth = rate * found.limit.row
    yield "| one core | measured | aim |"
    yield "|---|---|---|"
    yield f"| coded columns, {top:,} rows | **{rate / 1e6:.0f} million rows/s** | {AIMS['codes'] / 1e6:.0f} million |"
    yield f"| … times OpenFisca-Core, everything known | **{times(found.known, FISCA)}** | {AIMS['times']:.0f} |"
    yield f"| … times DuckDB, one thread, its faster SELECT | **{times(found.table, DUCKDB)}** | {AIMS['times']:.0f} |"
    text_rate = found.table.best(TEXTS) / 1e6
    yield f"| text labels | **{text_rate:.1f} million rows/s** | {AIMS['texts'] / 1e6:.0f} million |"
    for name, one in csv.items():
        yield (
            f"| `screen --rules {name}`, CSV of {one.rows:,} rows and {one.facts} facts | **{one.seconds:.1f} s** "
            f"({one.cpu:.1f} s of processor) | {AIMS['csv']:.0f} s |"
        )
        yield f"| … memory at most | **{one.memory:.0f} MB** | {AIMS['csv memory']:.0f} MB |"
    yield ""
    one = next(iter(csv.values()))
    wrong = sum(each.wrong for each in csv.values())
    yield f"The command read {one.read:.0f} MB and wrote {one.written:.0f} MB, with reasons and open questions per row;"
    yield f"{wrong} verdicts in its output differ from `judge_codes`. It is run once."
    yield f"Reading the coded columns alone ({found.limit.row} bytes a row, a numpy sum of 8 bytes at a time, one core)"
    yield f"goes at {found.limit.read / 1e9:.1f} GB/s or {found.limit.read / found.limit.row / 1e6:.0f} million rows/s;"
    yield f"judging at {bandwidth / 1e9:.2f} GB/s, {100 * bandwidth / found.limit.read:.0f} % of that."


def one_by_one_lines(found: Found) -> Iterator[str]:
    """Rows a second of who takes one row at a time."""
    table, ours = found.one_by_one, found.table.rates[CODED]
    yield "| | rows/s | coded columns are … times as fast | more open | different |"
    yield "|---|---|---|---|---|"
    for name in table.rates:
        compared = table.compared[name]
        yield (
            f"| {name} | {table.best(name):,.0f} | {ours[min(ours)] / table.best(name):,.0f} | "
            f"{share(table.more_open[name], compared)} | {table.different[name]:,} of {compared:,} |"
        )


def write(section: str) -> None:
    """Put the section into the report, in the place of an older one."""
    text, block = REPORT.read_text("utf-8"), f"<!-- bulk -->\n{section}\n<!-- /bulk -->"
    if "<!-- bulk -->" in text:
        text = re.sub(r"<!-- bulk -->.*?<!-- /bulk -->", lambda _: block, text, flags=re.DOTALL)
    else:
        text = f"{text.rstrip()}\n\n{block}\n"
    REPORT.write_text(text, "utf-8")


if __name__ == "__main__":
    if SLOWED:
        clean = {name: value for name, value in os.environ.items() if name not in SLOWED}
        os.execve(sys.executable, [sys.executable, *sys.argv], clean)
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    text = "\n".join(measure(given.quick))
    print(text)
    if given.write:
        write(text)
