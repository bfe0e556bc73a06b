"""Spark judges as one machine does. Needs `pip install -r requirements-spark.txt` and Java 17; skipped without."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bulk.frames import random_rows, text_frame
from bulk.sql_worlds import by_duckdb, held
from mantelzorg.bulk.judging import judge
from mantelzorg.bulk.screening import Wish, screen
from mantelzorg.bulk.spark import judge_spark, screen_spark, session
from mantelzorg.bulk.sql import select
from mantelzorg.bulk.sql_rows import table_of
from mantelzorg.cli import main
from mantelzorg.content import Content, load
from mantelzorg.problems import ContentError

HAS_JAVA = bool(os.environ.get("JAVA_HOME") or shutil.which("java"))
needs_spark = pytest.mark.skipif(
    not (find_spec("pyspark") and HAS_JAVA), reason="needs pyspark (requirements-spark.txt) and Java 17"
)
quiet = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One session for all tests: starting it takes seconds."""
    started = session()
    yield started
    started.stop()


def _rows(content: Content, count: int, seed: int) -> pd.DataFrame:
    """Situations under the broad rules, as text, with a column that is no fact."""
    own = content.judges["mantelzorg"]
    frame = text_frame(own, random_rows(own, count, seed))
    frame.insert(0, "zaak", [f"=Z{row}" for row in range(count)])
    return frame


@needs_spark
@quiet
@pytest.mark.parametrize("name", ["almere-waardering-2021", "cbs", "mantelzorg"])
def test_of_10_000_situations_spark_judges_none_otherwise(
    spark: Any, content: Content, tmp_path: Path, name: str
) -> None:
    own = content.judges[name]
    rows = random_rows(own, 10_000, seed=11)
    frame = text_frame(own, rows)
    one_by_one = [result.verdict or result.status.value for result in map(own.judge, rows)]
    assert judge(frame, own).tolist() == one_by_one
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), tmp_path / "in.parquet", row_group_size=2_500)
    found = judge_spark(spark.read.parquet(str(tmp_path / "in.parquet")), own).select("result").collect()
    assert [row[0] for row in found] == one_by_one


@needs_spark
@quiet
def test_the_same_select_gives_the_same_results_on_spark_and_duckdb(spark: Any, content: Content) -> None:
    for own in (content.judges["almere-waardering-2021"], content.judges["mantelzorg"]):
        table = table_of(held(random_rows(own, 2_000, seed=15), own), own)
        spark.createDataFrame(table).createOrReplaceTempView("situations")
        for assuming in (True, False):
            query = select(own, "situations", assuming=assuming)
            found = [row[0] for row in spark.sql(f"SELECT result FROM ({query})").collect()]
            assert found == by_duckdb(query, table), own.rules.id


@needs_spark
@quiet
@pytest.mark.parametrize(("source", "target"), [("in.csv", "out.csv"), ("in.parquet", "out.parquet")])
def test_a_screened_file_is_the_same_by_spark_but_for_the_place_of_errors(
    spark: Any, content: Content, tmp_path: Path, source: str, target: str
) -> None:
    frame = _rows(content, 300, seed=16)
    frame.loc[3, "helper_age"] = "400"
    path = tmp_path / source
    if path.suffix == ".csv":
        frame.to_csv(path, sep=";", index=False)
    else:
        frame.to_parquet(path, index=False)
    judges = [content.judges["mantelzorg"], content.judges["cbs"]]
    here, there = tmp_path / f"here{path.suffix}", tmp_path / target
    one = screen(Wish(path, here, judges), content)
    other = screen_spark(Wish(path, there, judges), content)
    assert (one.rows, one.errors, one.results) == (other.rows, other.errors, other.results)
    assert there.is_dir()
    read = _csv if path.suffix == ".csv" else pd.read_parquet
    expected, found = read(here), read(there)
    assert found["leesfout"].tolist() == [
        text.replace("regel 5, ", "").replace("rij 4, ", "") for text in expected["leesfout"]
    ]
    assert found.drop(columns="leesfout").equals(expected.drop(columns="leesfout"))
    assert [left for left in tmp_path.iterdir() if left.name.startswith(".")] == []


def _csv(path: Path) -> pd.DataFrame:
    """A CSV, or a folder of its parts."""
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    options: Any = {
        "sep": "," if path.is_dir() else ";",
        "dtype": str,
        "encoding": "utf-8-sig",
        "keep_default_na": False,
    }
    return pd.concat([pd.read_csv(part, **options) for part in parts], ignore_index=True)


@needs_spark
@quiet
def test_a_row_with_other_cells_than_the_header_is_an_error_of_its_own(
    spark: Any, content: Content, tmp_path: Path
) -> None:
    text = 'zaak;helper_age;care_now\nA;30;now\nB;30;now;1\nC;30\n"D\nen verder";"31";ended\nÉ;>8;\n'
    (tmp_path / "in.csv").write_bytes(text.encode("cp1252"))
    done = screen_spark(Wish(tmp_path / "in.csv", tmp_path / "out.parquet", [content.judges["cbs"]]), content)
    found = pd.read_parquet(tmp_path / "out.parquet")
    assert (done.rows, done.errors) == (5, 2)
    assert [bool(text) for text in found["leesfout"]] == [False, True, True, False, False]
    assert found["zaak"].tolist()[3:] == ["D\nen verder", "É"]


@needs_spark
@quiet
def test_the_command_screens_by_spark(
    spark: Any, capsys: pytest.CaptureFixture[str], content: Content, tmp_path: Path
) -> None:
    _rows(content, 50, seed=17).to_parquet(tmp_path / "in.parquet", index=False)
    command = ["screen", str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet"), "--engine", "spark"]
    assert main(command) == 0
    assert "50 rijen" in capsys.readouterr().out
    assert main(command) == 2
    assert "bestaat al" in capsys.readouterr().err


def test_without_spark_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    (tmp_path / "in.csv").write_text("helper_age\n30\n", "utf-8")
    assert main(["screen", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--engine", "spark"]) == 2
    assert "requirements-spark.txt" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@quiet
@pytest.mark.skipif(not find_spec("pyspark"), reason="needs pyspark (requirements-spark.txt)")
def test_without_java_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ContentError, match="Java 17"):
        session()


@pytest.mark.parametrize(
    ("source", "target", "says"), [("in.xlsx", "out.csv", "Excel"), ("in.csv", "out.xlsx", "CSV of Parquet")]
)
def test_what_spark_cannot_read_or_write_is_said_before_it_starts(
    content: Content, tmp_path: Path, source: str, target: str, says: str
) -> None:
    frame = pd.DataFrame({"helper_age": ["30"]})
    path = tmp_path / source
    frame.to_excel(path, index=False) if path.suffix == ".xlsx" else frame.to_csv(path, index=False)
    with pytest.raises(ContentError, match=says):
        screen_spark(Wish(path, tmp_path / target, [content.judges["cbs"]]), content)
