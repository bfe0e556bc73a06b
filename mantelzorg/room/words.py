"""The own words of a training room."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

LANGUAGES = ("nl", "en")


@cache
def words(language: str) -> Mapping[str, str]:
    """The words in one of `LANGUAGES`. Raises KeyError for another language."""
    return MappingProxyType(yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))[language])
