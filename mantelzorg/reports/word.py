"""Writes the blocks as a Word file, with the headings, lists and tables of Word itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.parfmt import ParagraphFormat

from mantelzorg.reports.blocks import (
    Action,
    Address,
    Blanks,
    Block,
    Bullets,
    Emphasis,
    Footer,
    Heading,
    Kept,
    Lead,
    NoteLines,
    Notice,
    PageBreak,
    Paragraph,
    Pictograms,
    Quote,
    ReplyStrip,
    Row,
    Rows,
    Run,
    Table,
    Text,
    Ticks,
    Title,
)
from mantelzorg.reports.qr import qr_picture
from mantelzorg.reports.word_file import QUIET, WIDTH, new_document, saved
from mantelzorg.reports.word_tables import box, grid

_TINT, _TEAL = "E3F1EF", "0B5A63"
_WHITE = RGBColor(255, 255, 255)


def write_docx(blocks: Iterable[Block], title: str, language: str) -> bytes:
    """The Word file; the same blocks give the same bytes."""
    document = new_document(title, language)
    for block in blocks:
        _write(document, block)
    return saved(document)


def _write(document: Document, block: Block) -> None:
    match block:
        case Title():
            document.add_heading(block.text, 1)
            _line(document, block.aside, quiet=True)
        case Lead():
            _lead(document, block)
        case Heading():
            document.add_heading(block.text, block.level)
        case Paragraph() | Bullets():
            _content(document, (block,))
        case Quote():
            document.add_paragraph(block.text, "Quote")
        case Rows():
            _rows(document, block.rows)
        case Table():
            _table(document, [block.head, *block.rows])
        case Footer():
            document.add_paragraph()
            _line(document, block.text, quiet=True)
        case Kept():
            _kept(document, block)
        case PageBreak():
            # A paragraph of its own, too low to see: what follows may be a table.
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.page_break_before = True
            paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_after = Pt(1), Pt(0)
        case _:
            _named(document, block)


def _named(document: Document, block: Block) -> None:
    match block:
        case Notice():
            cell = box(document, _TEAL)
            tick = "" if block.ticked is None else "☑ " if block.ticked else "☐ "
            _heading(cell, tick + block.heading)
            _content(cell, block.content)
        case Action():
            _action(document, block)
        case Blanks():
            if block.heading:
                document.add_heading(block.heading, 2)
            _blanks(document, block.labels)
        case ReplyStrip():
            _reply(document, block)
        case Ticks():
            document.add_paragraph("      ".join(f"☐ {choice.label}" for choice in block.choices))
        case Address():
            _line(document, block.label)
            document.add_paragraph(block.url)
            picture = document.add_paragraph().add_run().add_picture(BytesIO(qr_picture(block.url)), width=Mm(30))
            picture._inline.docPr.set("descr", f"{block.label} {block.url}")
        case Pictograms():
            _content(document, (Bullets(tuple((Run(item.label),) for item in block.items)),))
        case NoteLines():
            _table(document, [(letter, text) for letter, text in block.lines], widths=(Mm(10), WIDTH - Mm(10)))
            document.add_paragraph()
            _line(document, block.closing, quiet=True)


def _kept(document: Document, block: Kept) -> None:
    """Every paragraph stays with the next, but for the last."""
    body: Any = document.element.body
    last = body[-2] if len(body) > 1 else None
    for inner in block.content:
        _write(document, inner)
    new = body[body.index(last) + 1 if last is not None else 0 :]
    for paragraph in [one for part in new for one in part.iter(qn("w:p"))][:-1]:
        ParagraphFormat(paragraph).keep_with_next = True


def _line(holder: Any, text: str, quiet: bool = False) -> None:
    if text:
        _add_runs(holder.add_paragraph(), (Run(text, Emphasis.QUIET if quiet else Emphasis.NONE),))


def _add_runs(paragraph: Any, text: Text) -> None:
    for run in text:
        written = paragraph.add_run(run.text)
        written.bold = True if run.emphasis is Emphasis.STRONG else None
        if run.emphasis is Emphasis.QUIET:
            written.font.color.rgb = QUIET


def _content(holder: Any, content: Iterable[Paragraph | Bullets]) -> None:
    """Adds paragraphs and lists to the document or to a cell of a table."""
    for part in content:
        if isinstance(part, Paragraph):
            _add_runs(_next_paragraph(holder), part.text)
            continue
        for item in part.items:
            paragraph = _next_paragraph(holder)
            paragraph.style = "List Bullet"
            _add_runs(paragraph, item)


def _next_paragraph(holder: Any) -> Any:
    """A new paragraph, or the empty one that every new cell starts with."""
    fresh = len(holder.paragraphs) == 1 and not holder.paragraphs[0].text and not isinstance(holder, Document)
    return holder.paragraphs[0] if fresh else holder.add_paragraph()


def _heading(cell: Any, text: str) -> Any:
    paragraph = _next_paragraph(cell)
    paragraph.style = "Heading 2"
    paragraph.add_run(text)
    paragraph.paragraph_format.space_before = Pt(2)
    return paragraph


def _table(document: Document, rows: Sequence[Sequence[str]], widths: Sequence[int] = ()) -> None:
    table = grid(document, len(rows), widths or [WIDTH // len(rows[0])] * len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text)


def _rows(document: Document, rows: Sequence[Row]) -> None:
    table = grid(document, len(rows), (Mm(46), WIDTH - Mm(46)))
    for cells, row in zip(table.rows, rows, strict=True):
        _heading(cells.cells[0], row.label)
        _content(cells.cells[1], row.content)


def _lead(document: Document, block: Lead) -> None:
    cell = box(document, _TINT, _TINT)
    _heading(cell, block.label)
    question = cell.add_paragraph().add_run(block.question)
    question.bold, question.font.size = True, Pt(14)
    cell.add_paragraph().add_run(block.term).bold = True


def _action(document: Document, block: Action) -> None:
    cell = box(document, _TEAL, _TEAL)
    _heading(cell, block.heading)
    number = cell.add_paragraph().add_run(block.number or "_" * 16)
    number.bold, number.font.size = True, Pt(40)
    if not block.number:
        _line(cell, block.missing)
    _content(cell, block.content)
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = _WHITE


def _blanks(document: Document, labels: Sequence[str]) -> None:
    """Two labels on a line, each with a line to write on: a tab that is filled with underscores. One has it alone."""
    for start in range(0, len(labels), 2):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        for stop in (Mm(82), WIDTH) if len(labels) > 1 else (WIDTH,):
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
        paragraph.add_run("   ".join(f"{label} \t" for label in labels[start : start + 2]))


def _reply(document: Document, block: ReplyStrip) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(18)
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DASHES)
    _add_runs(paragraph, (Run(f"{block.cut} \t", Emphasis.QUIET),))
    document.add_heading(block.heading, 2)
    choices = (f"☐ {choice.label}" + " ____________" * choice.blank for choice in block.choices)
    document.add_paragraph("    ".join(choices))
    _blanks(document, block.labels)
