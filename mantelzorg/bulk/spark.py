"""Many situations on a cluster: the same judge, on every worker of Apache Spark.

    from mantelzorg.bulk.spark import judge_spark
    judge_spark(spark.read.parquet("intakes"), content.judges["cbs"]).write.parquet("out")

Spark is no part of the application: `pip install -r requirements-spark.txt`, and Java 17. On a cluster this package
has to be on every worker. See decision 0011.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mantelzorg.assessment import Judge
from mantelzorg.bulk.judging import made
from mantelzorg.bulk.opening import open_source
from mantelzorg.bulk.output import KINDS, unwritable
from mantelzorg.bulk.screening import Summary, Wish
from mantelzorg.bulk.sniff import encoding_of, kind_of
from mantelzorg.bulk.spark_rows import MALFORMED, Job, results_of, screening_of
from mantelzorg.bulk.tables import refusal
from mantelzorg.bulk.words import words
from mantelzorg.content import ROOT, Content
from mantelzorg.problems import ContentError
from mantelzorg.rules import RuleSet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
else:
    DataFrame = SparkSession = Any

HERE = "local[2]"
"""Two threads of this machine, when no cluster is named in SPARK_MASTER."""
ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.executorEnv.PYTHONPATH": str(ROOT),
}


def session() -> SparkSession:
    """The session there is, or a new one. Raises ContentError that says what to install."""
    try:
        with _quiet():
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
    except ImportError:
        raise _absent("Spark (pyspark) is niet geïnstalleerd.", "pip install -r requirements-spark.txt") from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise _absent("Spark heeft Java nodig, en dat is er niet.", "Installeer Java 17 (bijvoorbeeld openjdk-17-jre).")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = os.environ.get("SPARK_MASTER")
    builder = SparkSession.builder.appName("mantelzorg").master(master or HERE)
    try:
        with _quiet():
            spark = builder.config(map={} if master else ON_THIS_MACHINE).getOrCreate()
    except PySparkException:
        raise _absent("Spark start niet.", "Controleer Java 17 met `java -version`, en JAVA_HOME.") from None
    spark.sparkContext.setLogLevel("ERROR")
    return spark


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warning that pandas 3 is too new for Spark: what is used here goes through Arrow alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _absent(what: str, remedy: str) -> ContentError:
    return refusal("--engine spark", "engine", what, remedy)


def judge_spark(frame: DataFrame, judge_or_rule_set: Judge | RuleSet, result: str = "result") -> DataFrame:
    """The frame with one more column: per row what `judging.judge` gives it, as text.

    Columns are as in `judging.judge`. A cell that is no answer ends the job with a FrameError of its worker.
    """
    from pyspark.sql.types import StringType, StructType

    schema = StructType([*frame.schema.fields]).add(result, StringType())
    with _quiet():
        return frame.mapInArrow(results_of(made(judge_or_rule_set).rules, result), schema)


def screen_spark(wish: Wish, content: Content) -> Summary:
    """As `screening.screen`, by Spark: CSV or Parquet in (a file, or a folder of Parquet files), a folder of parts out.

    The rows of one file keep their order. Errors name the column and not the row: a part does not know where in the
    file it is. The folder appears when all is done. Raises ContentError.
    """
    if wish.target.exists():
        raise refusal(str(wish.target), "exists", "Deze uitvoer bestaat al.", "Kies een andere naam, of haal die weg.")
    as_csv = _as_csv(wish)
    folder = wish.source.is_dir()
    kind = "parquet" if folder else _kind(wish)
    spark = session()
    frame = _parquet(spark, wish) if kind == "parquet" else _csv(spark, wish, content)
    names = tuple(name for name in frame.columns if name != MALFORMED)
    plain = replace(wish, judges=())
    rules = tuple(pickle.dumps(judge.rules) for judge in wish.judges)
    job = Job(plain, rules, content.facts, kind, names, as_csv)
    checked = job.screening()
    schema = _schema(frame, checked.kept_names, checked.added, as_csv)
    with _quiet():
        return _written(spark, frame.mapInArrow(screening_of(job), schema), wish, job)


def _as_csv(wish: Wish) -> bool:
    kind = KINDS.get(wish.target.suffix.lower())
    if kind not in ("csv", "parquet"):
        raise refusal(
            str(wish.target), "target", "Spark schrijft CSV of Parquet.", "Laat de naam eindigen op .parquet."
        )
    return kind == "csv"


def _kind(wish: Wish) -> str:
    try:
        kind = kind_of(wish.source)
    except OSError as error:
        what = f"Dit bestand is niet te lezen ({error.strerror})."
        raise refusal(str(wish.source), "unreadable", what, "Controleer de naam en de rechten.") from None
    if kind == "xlsx":
        raise refusal(
            str(wish.source), "format", "Spark leest geen Excel.", "Laat --engine weg, of sla het op als CSV."
        )
    return kind


def _parquet(spark: SparkSession, wish: Wish) -> DataFrame:
    from pyspark.errors import PySparkException

    try:
        return spark.read.parquet(str(wish.source))
    except PySparkException:
        raise refusal(
            str(wish.source), "format", "Hier is geen Parquet te lezen.", "Controleer de bestanden."
        ) from None


def _csv(spark: SparkSession, wish: Wish, content: Content) -> DataFrame:
    """Every cell as text, by the separator and encoding that one machine would find; what does not fit is marked."""
    from pyspark.sql.types import StringType, StructField, StructType

    source = open_source(wish, content.facts)
    source.close()
    encoding = encoding_of(wish.source).codec.removesuffix("-sig")
    if encoding == "cp1252":
        encoding = "windows-1252"
        spark.conf.set("spark.sql.legacy.javaCharsets", "true")  # since version 4 Spark knows Unicode alone by itself
    fields = [StructField(name, StringType()) for name in (*source.names, MALFORMED)]
    return spark.read.csv(
        str(wish.source),
        schema=StructType(fields),
        sep=getattr(source, "separator", ";"),
        encoding=encoding,
        header=True,
        quote='"',
        escape='"',
        multiLine=True,
        mode="PERMISSIVE",
        columnNameOfCorruptRecord=MALFORMED,
        unescapedQuoteHandling="RAISE_ERROR",
    )


def _schema(frame: DataFrame, kept: list[str], added: list[str], as_csv: bool) -> Any:
    from pyspark.sql.types import StringType, StructField, StructType

    before = {field.name: field.dataType for field in frame.schema.fields}
    own = [StructField(name, StringType() if as_csv else before[name]) for name in kept]
    return StructType([*own, *(StructField(name, StringType()) for name in added)])


def _written(spark: SparkSession, frame: DataFrame, wish: Wish, job: Job) -> Summary:
    """Write beside the target, count, and only then take its name."""
    from pyspark.errors import PySparkException

    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{wish.target.name[:40]}.", suffix=".tmp", dir=wish.target.parent))
    except OSError as error:
        raise unwritable(wish.target, error) from None
    parts = beside / "parts"
    try:
        if job.as_csv:
            frame.write.csv(str(parts), header=True, quote='"', escape='"', emptyValue="", nullValue="")
            done = spark.read.csv(str(parts), header=True, quote='"', escape='"', multiLine=True)
        else:
            frame.write.parquet(str(parts))
            done = spark.read.parquet(str(parts))
        summary = _counted(done, wish, job)
        os.replace(parts, wish.target)
    except OSError as error:
        raise unwritable(wish.target, error) from None
    except PySparkException as failed:
        what = f"Spark kan dit niet verwerken ({failed.getCondition() or 'onbekende fout'})."
        raise refusal(
            str(wish.source), "engine", what, "Probeer het zonder --engine; de invoer is niet gewijzigd."
        ) from failed
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return summary


def _counted(done: DataFrame, wish: Wish, job: Job) -> Summary:
    """The summary, from what was written: one pass over the columns of results."""
    screening = job.screening()
    texts = words(wish.language)
    summary = screening.summary
    summary.rows = done.count()
    if not summary.rows:
        raise refusal(str(wish.source), "no-rows", "Er staan geen rijen in.", "Zet elke situatie op een eigen rij.")
    for own in screening.results:
        name = texts["column"]["code"].format(id=own.judge.rules.id)
        counts = {row[0]: row[1] for row in done.groupBy(_quoted(name)).count().collect() if row[0]}
        summary.results[own.judge.rules.id] = {code: counts[code] for code in own.codes if code in counts}
    summary.errors = done.filter(f"{_quoted(screening.error_name)} <> ''").count()
    summary.first_errors = [texts["summary"]["unplaced"]] if summary.errors else []
    return summary


def _quoted(name: str) -> str:
    return f"`{name}`"
