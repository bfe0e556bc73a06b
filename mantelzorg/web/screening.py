"""From the options chosen on the referrer's page to everything that it shows: a `Screen`.

Nothing is remembered here; the same options always give the same screen.
"""

from __future__ import annotations

from datetime import date

from mantelzorg import wording
from mantelzorg.content import Content
from mantelzorg.documents import Wishes
from mantelzorg.web import papers
from mantelzorg.web.asking import QUESTIONNAIRE
from mantelzorg.web.results import Results
from mantelzorg.web.rows import Rows
from mantelzorg.web.view import Answers, Chrome, Document, Screen, Source

__all__ = ["QUESTIONNAIRE", "Screening", "make_screen"]


class Screening(Rows, Results):
    """One state of the page. Make one per run and ask for its `screen()`."""

    def screen(self) -> Screen:
        """Everything that the page shows."""
        begun = bool(self.situation.known or self.clashes)
        verdict = self._verdict()
        return Screen(
            self.language,
            self._with_whom(),
            tuple(self._section(section) for section in self.form.sections),
            verdict if begun else self._empty(),
            guide=None if begun else self._guide(),
            support=self._support,
            lines=self._lines() if begun else (),
            documents=self._papers(),
            sources_title=self.words("sources"),
            sources=self._sources(),
            version=self.words("version").format(
                rules=self._versions(),
                date=wording.long_date(self.today, self.language),
            ),
            safety=self.content.support.safety[self.language],
            announcement=f"{verdict.title} {verdict.lead}" if begun else "",
        )

    def _papers(self) -> tuple[Document, ...]:
        if not self._settled():
            return ()
        return papers.documents(self.situation, self._wishes(), self._extras(), self.content.catalogues)

    def _versions(self) -> str:
        """The version and digest of everything that judges on this page."""
        judges = (self.judge, *(self.content.judges[name] for name in self.form.schemes))
        return wording.join((f"{one.rules.version} ({one.rules.digest[:7]})" for one in judges), self.language)

    def _settled(self) -> bool:
        return bool(self.situation.known) and not self._contradicts()

    def _wishes(self) -> Wishes:
        chrome = self.chrome
        return Wishes(chrome.with_whom, chrome.consent, chrome.own_words, chrome.neutral, chrome.extra)

    def _sources(self) -> tuple[Source, ...]:
        """The sources behind what is shown now: the criteria that decide, the schemes, the signals."""
        rules = self.judge.rules
        named = [name for why in self.assessment.reasons[:1] for name, _ in why.criteria]
        ids = [source for name in named for source in rules.criterion(name).sources]
        ids += [source for scheme in self.form.schemes for source in self.content.judges[scheme].rules.sources]
        ids += [source for signal in self.content.support.heard(self.situation.known) for source in signal.sources]
        found = [self.content.sources[name] for name in dict.fromkeys((*rules.sources, *ids))]
        return tuple(
            Source(one.title, one.says.model_dump()[self.language], one.url, one.year, one.checked) for one in found
        )


def make_screen(content: Content, chosen: Answers, chrome: Chrome, today: date) -> Screen:
    """Everything that the referrer's page shows for these options."""
    return Screening(content, chosen, chrome, today).screen()
