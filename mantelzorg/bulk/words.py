"""The words of screening, in the languages of the content."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("nl", "en")


@cache
def words(language: str) -> dict[str, Any]:
    """The catalogue of one language."""
    catalogue = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = catalogue[language]
    return found
