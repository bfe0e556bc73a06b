"""Reads the text back out of a finished report, format by format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
import pypdf


def folded(text: str) -> str:
    """NFC on one line; typst's break opportunities (U+200B) in very long words are no text."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text.replace("\u200b", ""))).strip()


def squeezed(text: str) -> str:
    """Without any white space: a PDF does not say whether a line ended in a space."""
    return re.sub(r"\s+", "", folded(text))


def pdf_reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(data))


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pdf_reader(data).pages)


def as_pypdf_reads(text: str) -> str:
    """pypdf passes over /ActualText: a letter with marks of its own glyphs comes out once for every glyph."""
    return re.sub(r"\w[\u0300-\u036f]+", lambda cluster: cluster[0] * len(cluster[0]), text)


def tagged(node: Any, language: str = "") -> Iterator[dict[str, Any]]:
    """Every tag under a node of a PDF's structure, in order, each with the language it is in."""
    node = node.get_object()
    language = str(node.get("/Lang", language))
    if "/S" in node:
        yield {**node, "/Lang": language}
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if hasattr(child := child.get_object(), "get"):
            yield from tagged(child, language)


def pdf_fonts(data: bytes) -> dict[str, bool]:
    """The typefaces of a PDF and whether each is inside the file."""
    fonts: dict[str, bool] = {}
    for page in pdf_reader(data).pages:
        for link in page["/Resources"]["/Font"].values():
            font = link.get_object()["/DescendantFonts"][0].get_object()
            descriptor = font["/FontDescriptor"].get_object()
            name = str(font["/BaseFont"]).split("+")[-1]
            fonts[name] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return fonts


OUR_TYPEFACES = ("SourceSans3", "IBMPlexSansArabic")


def says(data: bytes, text: str) -> bool:
    """Whether a PDF has the text. Arabic is read back in another order, so there only no letter may be missing."""
    there, wanted = squeezed(pdf_text(data)), as_pypdf_reads(squeezed(text))
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in wanted):
        return set(wanted) - set("()[]{}<>«»") <= set(there)
    return wanted in there


def docx_text(data: bytes) -> str:
    body = docx.Document(BytesIO(data)).element.body
    return "\n".join("".join(part.text or "" for part in line.iter(W + "t")) for line in body.iter(W + "p"))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Page(HTMLParser):
    """The tags (with attributes) and the text of a piece of HTML, apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data + (" " if data.endswith("}") else "")

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", ()))
