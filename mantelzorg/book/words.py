"""The rule book's own words in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml


@cache
def words(language: str) -> Mapping[str, Any]:
    """The words in `language`; all are text but `how`, which is a list."""
    catalogue = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(catalogue[language])
