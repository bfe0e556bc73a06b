"""The words on the pages of the room in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml


@cache
def words(language: str) -> Mapping[str, str]:
    """The words in `language`, or in Dutch where there is none."""
    catalogue = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(catalogue.get(language, catalogue["nl"]))
