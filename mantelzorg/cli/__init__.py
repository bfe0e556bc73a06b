"""The command line: `python -m mantelzorg`. See `docs/command-line.md`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NoReturn

from mantelzorg.cli import assess, check, coverage, receipts, replay, schemas
from mantelzorg.problems import ContentError

REFUSED = 2
"""The exit status when what was given cannot be used."""

_IN_DUTCH = (
    (r"the following arguments are required: (.*)", r"er ontbreekt: \1"),
    (r"unrecognized arguments: (.*)", r"onbekend: \1"),
    (r"argument (\S+): expected one argument", r"na \1 hoort een waarde"),
    (r"argument (\S+): expected at least one argument", r"na \1 hoort minstens één waarde"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 en \2 gaan niet samen"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1: \2 bestaat niet. Mogelijk: \3"),
)


class _Layout(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Dutch, which argparse cannot be asked to do."""

    def __init__(self, **given: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Layout, **given)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "wat", "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze hulp")

    def error(self, message: str) -> NoReturn:
        for pattern, dutch in _IN_DUTCH:
            if match := re.fullmatch(pattern, message):
                message = match.expand(dutch)
        self.exit(REFUSED, f"{self.format_usage()}{message}\n")


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m mantelzorg",
        description="Is dit mantelzorg? Beoordeelt een situatie, speelt voorbeelden na en controleert de inhoud.",
        epilog="Meer over een opdracht: python -m mantelzorg assess --help. Zie ook docs/command-line.md.",
    )
    commands = parser.add_subparsers(dest="command", title="opdrachten", metavar="OPDRACHT", parser_class=_Parser)
    judge = commands.add_parser("assess", help="beoordeel één situatie")
    judge.add_argument("file", metavar="BESTAND", help="YAML of JSON: feit en antwoord; - is standaardinvoer")
    judge.add_argument("--rules", metavar="ID", help="welke regels; 'all' voor alle")
    judge.add_argument("--json", action="store_true", help="voor een ander programma")
    judge.add_argument("--language", choices=("nl", "en"), default="nl", help="taal van de uitvoer (nl)")
    judge.add_argument(
        "--receipt", metavar="BEWIJS", help="schrijf de uitkomst met de antwoorden naar dit JSON-bestand"
    )
    again = commands.add_parser("replay", help="beoordeel een bewijs van 'assess --receipt' opnieuw")
    again.add_argument("file", metavar="BEWIJS", help="JSON; - is standaardinvoer")
    again.add_argument("--json", action="store_true", help="voor een ander programma")
    cases = commands.add_parser("cases", help="speel een bestand met voorbeelden na")
    cases.add_argument("file", metavar="BESTAND", nargs="?", help=f"standaard {replay.PUBLISHED}")
    cases.add_argument("--json", action="store_true", help="voor een ander programma")
    checked = commands.add_parser("check", help="controleer de bestanden met inhoud")
    checked.description = "Afsluitcode 1 bij een fout; 0 als er hooguit waarschuwingen zijn. Zie docs/checks.md."
    checked.add_argument("files", metavar="BESTAND", nargs="*", help="standaard alle inhoud")
    checked.add_argument("--strict", action="store_true", help="afsluitcode 1 ook bij een waarschuwing")
    checked.add_argument("--json", action="store_true", help="voor een ander programma")
    checked.add_argument("--write-case", metavar="MAP", help="schrijf elke gevonden situatie als voorbeeld in deze map")
    covered = commands.add_parser("coverage", help="tel welke voorbeelden wat raken, en wat nog geen voorbeeld heeft")
    covered.add_argument("--json", action="store_true", help="voor een ander programma")
    book = commands.add_parser("book", help="schrijf het regelboek: alle regels in gewone taal")
    book.add_argument("--language", choices=("nl", "en"), default="nl", help="taal van het boek (nl)")
    book.add_argument("--html", metavar="BESTAND", help="waar de HTML komt, om te printen")
    book.add_argument("--pdf", metavar="BESTAND", help="waar de PDF komt")
    book.add_argument("--rules", metavar="ID", nargs="+", default=[], help="welke regels; standaard alle")
    compared = commands.add_parser("compare", help="zeg wat een wijziging van regels doet")
    compared.add_argument("old", metavar="OUD", nargs="?", help="regelbestand, regelset of versie uit git")
    compared.add_argument("new", metavar="NIEUW", nargs="?", help="hetzelfde, van de nieuwe kant")
    compared.add_argument(
        "--changed", metavar="BASIS", nargs="?", const="", help="de werkmap tegen een versie; standaard de hoofdtak"
    )
    compared.add_argument("--cases", metavar="BESTAND", nargs="+", help="voorbeelden; standaard alle in cases")
    compared.add_argument("--on", metavar="BESTAND", help="ook: hoeveel rijen van dit bestand (CSV, Excel) veranderen")
    form = compared.add_mutually_exclusive_group()
    form.add_argument("--markdown", dest="form", action="store_const", const="markdown", help="voor een pull request")
    form.add_argument("--json", dest="form", action="store_const", const="json", help="voor een ander programma")
    compared.add_argument("--language", choices=("nl", "en"), default="nl", help="taal van de uitvoer (nl)")
    shapes = commands.add_parser("schema", help="zijn de schema's voor uw editor bij?")
    shapes.add_argument("--write", action="store_true", help="werk ze bij")
    spoken = commands.add_parser("translations", help="wat mist er in de vertalingen van de zelftest?")
    spoken.add_argument("languages", metavar="TAAL", nargs="*", help="toon wat in deze talen ontbreekt of verouderd is")
    spoken.add_argument("--write", action="store_true", help="zet de ontbrekende teksten klaar in het bestand")
    tipping = commands.add_parser("near-miss", help="met welk ene feit kantelt een casus uit cases/training?")
    tipping.add_argument("case", metavar="CASUS", help="het id van de casus")
    poster = commands.add_parser("poster", help="schrijf de poster met QR-code voor de wachtkamer")
    poster.add_argument(
        "address", metavar="ADRES", help="waar de zelftest staat, bijvoorbeeld https://voorbeeld.nl/zelf"
    )
    poster.add_argument("--pdf", metavar="BESTAND", default="poster.pdf", help="waar de PDF komt (poster.pdf)")
    poster.add_argument("--language", choices=("nl", "en"), default="nl", help="taal van de poster (nl)")
    paper = commands.add_parser("handout", help="schrijf het uitdeelblad van een training, of stemkaarten")
    paper.add_argument("cases", metavar="CASUS", nargs="*", help="het id van een casus; standaard alle")
    paper.add_argument("--pdf", metavar="BESTAND", help="waar de PDF komt (uitdeelblad.pdf)")
    paper.add_argument("--docx", metavar="BESTAND", help="waar het Word-bestand komt")
    paper.add_argument("--cards", metavar="BESTAND", nargs="?", const="", help="kaarten om op te steken, als PDF")
    paper.add_argument("--address", metavar="ADRES", default="", help="waar de QR-code heen leidt")
    paper.add_argument("--language", choices=("nl", "en"), default="nl", help="taal van het blad (nl)")
    together = commands.add_parser("trainings", help="leg de verslagen van trainingen naast elkaar")
    together.add_argument("files", metavar="BESTAND", nargs="+", help="CSV van een training; - is standaardinvoer")
    together.add_argument("--csv", metavar="UIT", help="schrijf het overzicht als CSV")
    together.add_argument("--json", action="store_true", help="voor een ander programma")
    together.add_argument("--language", choices=("nl", "en"), default="nl", help="taal van de uitvoer (nl)")
    query = commands.add_parser("sql", help="schrijf regels als één SELECT, voor DuckDB en Spark")
    query.add_argument("rules", metavar="ID", help="welke regels")
    query.add_argument("--table", metavar="TABEL", default="situations", help="de tabel met situaties (situations)")
    query.add_argument("--columns", action="store_true", help="toon welke kolommen die tabel heeft")
    query.add_argument("--no-assumptions", action="store_true", help="NULL kan ook 'weet ik niet' zijn")
    _add_screen(commands.add_parser("screen", help="beoordeel een bestand met veel situaties"))
    return parser


def _add_screen(rows: argparse.ArgumentParser) -> None:
    rows.description = (
        "Afsluitcode 0: alle rijen zijn gelezen; 1: sommige niet, met de reden in de uitvoer; 2: het kon niet."
    )
    rows.add_argument("source", metavar="IN", help="CSV, Excel (.xlsx) of Parquet; een rij per situatie")
    rows.add_argument("target", metavar="UIT", help="het nieuwe bestand: .csv, .xlsx of .parquet")
    rows.add_argument("--rules", metavar="ID", nargs="+", default=[], help="welke regels; 'all' voor alle")
    rows.add_argument("--json", action="store_true", help="de samenvatting voor een ander programma")
    rows.add_argument("--language", choices=("nl", "en"), default="nl", help="taal van de uitvoer (nl)")
    rows.add_argument("--sheet", metavar="NAAM", help="welk blad van een Excel-werkmap")
    rows.add_argument(
        "--decimal", choices=("point", "comma", "either"), default="either", help="het teken in getallen als 12,5"
    )
    rows.add_argument(
        "--engine", choices=("here", "spark"), default="here", help="waar: op deze computer (here), of met Spark"
    )
    rows.add_argument(
        "--require", metavar="FEIT", nargs="+", default=[], help="weiger het bestand zonder kolom voor deze feiten"
    )


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status: 0, 1 when something was found, 2 when it could not be done."""
    parser = _parser()
    try:
        given = parser.parse_args(list(argv))
    except SystemExit as end:
        return int(end.code or 0)
    try:
        return _run(given, parser)
    except (ContentError, assess.UnknownRuleSetError) as error:
        print(error, file=sys.stderr)
        return REFUSED


def _run(given: argparse.Namespace, parser: _Parser) -> int:
    match given.command:
        case "assess":
            return assess.run(given.file, given.rules, given.json, given.language, given.receipt)
        case "replay":
            return receipts.run(given.file, given.json)
        case "cases":
            return replay.run(given.file, given.json)
        case "check":
            return check.run(given.files, given.json, given.strict, given.write_case)
        case "coverage":
            return coverage.run(given.json)
        case "book":
            # Reading typst takes a moment, and no other command needs it.
            from mantelzorg.cli import book

            return book.run(given.html, given.pdf, given.rules, given.language)
        case "compare":
            from mantelzorg.cli import compare

            form = given.form or "text"
            wish = compare.Wish(given.old, given.new, given.changed, given.cases, form, given.language, given.on)
            return compare.run(wish)
        case "schema":
            return schemas.run(given.write)
        case "translations":
            from mantelzorg.cli import translations

            return translations.run(given.languages, given.write)
        case "near-miss":
            from mantelzorg.cli import near_miss

            return near_miss.run(given.case)
        case "poster":
            from mantelzorg.cli import poster

            return poster.run(given.address, given.pdf, given.language)
        case "handout":
            from mantelzorg.cli import handout

            paper = (given.pdf, given.docx, given.cards)
            return handout.run(given.cases, *paper, given.address, given.language, date.today())
        case "trainings":
            from mantelzorg.cli import trainings

            return trainings.run(given.files, given.csv, given.json, given.language)
        case "sql":
            from mantelzorg.cli import sql

            return sql.run(given.rules, given.table, given.columns, not given.no_assumptions)
        case "screen":
            # Reading pandas takes a moment, and no other command needs it.
            from mantelzorg.cli import screen

            return screen.run(screen.Given(**{name: getattr(given, name) for name in screen.OPTIONS}))
        case _:
            parser.print_help()
            return 0
