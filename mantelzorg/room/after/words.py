"""The own words of what is left after a training: its report, the file and the overview."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml


@cache
def after_words(language: str) -> Mapping[str, str]:
    """The words in Dutch or English. Raises KeyError for another language."""
    return MappingProxyType(yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))[language])
