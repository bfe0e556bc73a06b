"""An empty Word document in the project's style that says nothing about who made it, where or when."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

# Found on Windows, macOS and, as Carlito, on Linux. The typeface of the PDF is on hardly any computer.
TYPEFACE = "Calibri"
TEAL = RGBColor(0x0B, 0x5A, 0x63)
INK = RGBColor(0x1B, 0x2B, 0x30)
QUIET = RGBColor(0x4B, 0x5B, 0x61)
WIDTH = Mm(174)
_LANGUAGES = {"nl": "nl-NL", "en": "en-GB", "tr": "tr-TR", "ar": "ar", "pl": "pl-PL", "uk": "uk-UA"}
_TELLING = ("extended-properties", "thumbnail", "stylesWithEffects", "customXml")


def new_document(title: str, language: str) -> Document:
    """An A4 document with its language and styles set, and only a title in its properties."""
    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, link in relations.items() if link.reltype.endswith(_TELLING)]:
            del relations[key]
    properties = document.core_properties
    element: Any = properties._element
    for child in list(element):
        element.remove(child)
    properties.title = title
    properties.language = _LANGUAGES[language]
    _set_page(document)
    _set_styles(document, _LANGUAGES[language])
    return document


def saved(document: Document) -> bytes:
    """The file. The clock of this computer, which zip writes into it, is taken out."""
    raw, clean = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as source, ZipFile(clean, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return clean.getvalue()


def _set_page(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(15), Mm(12)


def _set_styles(document: Document, language: str) -> None:
    styles: Any = document.styles
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:val"), language)
    for name, size, color, before, after in (
        ("Normal", 11, INK, 0, 3),
        ("Heading 1", 20, INK, 0, 6),
        ("Heading 2", 11, TEAL, 8, 2),
        ("Heading 3", 11, TEAL, 6, 2),
        ("List Bullet", 11, INK, 0, 0),
        ("Quote", 12, INK, 2, 4),
    ):
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), color, False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
        _set_typeface(style)


def _set_typeface(style: Any) -> None:
    style.font.name = TYPEFACE
    fonts = style.element.rPr.rFonts
    for place in ("ascii", "hAnsi", "eastAsia", "cs"):
        # A typeface of the theme wins over a named one, so it has to go.
        fonts.attrib.pop(qn(f"w:{place}Theme" if place != "cs" else "w:cstheme"), None)
        fonts.set(qn(f"w:{place}"), TYPEFACE)
