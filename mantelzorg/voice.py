"""How texts for the helper are said: in which language, formally or not, about whom.

A text carries Dutch and English (`nl`, `en`), and `je` where Dutch says it otherwise to somebody young. Every other
language comes from a catalogue, by the Dutch text. A name between braces is filled in: `{who}` is "uw moeder".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mantelzorg.facts import Text

DUTCH, ENGLISH, FAMILIAR = "nl", "en", "je"
OWN_LANGUAGES = (DUTCH, ENGLISH)
"""The languages that the content files carry themselves."""
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
Forms = Mapping[str, str]
"""What is filled in: name between the braces -> words."""


@dataclass(frozen=True)
class Catalogue:
    """One more language: its texts by the Dutch ones, and the forms of the words for the person helped.

    `forms` maps the id of an option (and "somebody") to its forms; `young_forms` are those for a young helper, where
    they differ. `reviewed` says that a speaker of the language has read it.
    """

    language: str
    name: str
    right_to_left: bool
    reviewed: bool
    texts: Mapping[str, str]
    forms: Mapping[str, Forms]
    young_forms: Mapping[str, Forms] = field(default_factory=dict)


@dataclass(frozen=True)
class Voice:
    """Says texts. Without a catalogue `language` is one that the content carries itself."""

    language: str = DUTCH
    informal: bool = False
    catalogue: Catalogue | None = None
    forms: Forms = field(default_factory=dict)

    @property
    def right_to_left(self) -> bool:
        return self.catalogue is not None and self.catalogue.right_to_left

    def says(self, text: Text) -> bool:
        """Whether this language has the text; if not, it is said in Dutch."""
        return self.catalogue is None or any(dutch in self.catalogue.texts for dutch in self._dutch(text))

    def __call__(self, text: Text, **more: str) -> str:
        """The text, with what stands between braces filled in; a capital at the start."""
        return filled(self._raw(text), {**self.forms, **more})

    def _raw(self, text: Text) -> str:
        if self.catalogue is None:
            return text[ENGLISH] if self.language == ENGLISH else self._dutch(text)[0]
        known = self.catalogue.texts
        return next((known[dutch] for dutch in self._dutch(text) if dutch in known), self._dutch(text)[0])

    def _dutch(self, text: Text) -> tuple[str, ...]:
        """The Dutch texts that stand for it, the one for this reader first."""
        familiar = (text[FAMILIAR],) if self.informal and FAMILIAR in text else ()
        return (*familiar, text[DUTCH])


def filled(text: str, forms: Forms) -> str:
    """A text with its placeholders filled in; the first letter becomes a capital when it was filled in."""
    said = PLACEHOLDER.sub(lambda found: forms.get(found[1], found[0]), text)
    return said[:1].upper() + said[1:] if text.startswith("{") else said
