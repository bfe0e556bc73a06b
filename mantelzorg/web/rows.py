"""The questions of the referrer's page, each with what the form says beside it."""

from __future__ import annotations

from mantelzorg.questionnaire import Extra, Question
from mantelzorg.questionnaire import Section as FormSection
from mantelzorg.web.asking import Asking
from mantelzorg.web.view import Option, Row, RowMark, Section


class Rows(Asking):
    """The left side of the page."""

    def _with_whom(self) -> Row:
        options = tuple(Option(who, self.words(f"with_{who}")) for who in ("helper", "other", "both", "nobody"))
        return Row("with_whom", self.words("with_whom"), options)

    def _section(self, section: FormSection) -> Section:
        shown = [question for question in section.questions if self._shown(question)]
        moved = [question for question in section.more if question in self._promoted]
        kept = [question for question in section.more if question not in moved]
        rows = tuple(self._row(question) for question in (*shown, *moved))
        more_title = section.more_title[self.language] if section.more_title else ""
        return Section(
            section.id, section.title[self.language], rows, tuple(self._row(question) for question in kept), more_title
        )

    def _row(self, question: Question) -> Row:
        mark = self._mark(question)
        texts = {
            RowMark.FIRST: "first",
            RowMark.SETTLED: "settled_row",
            RowMark.SCHEME_ONLY: "scheme_row",
            RowMark.CONFLICT: "conflict_row",
        }
        return Row(
            question.fact,
            question.ask[self.language],
            tuple(Option(option.id, option.label[self.language]) for option in question.options),
            multiple=question.multiple,
            unknown="" if question.multiple else self.words("unknown"),
            help=question.help[self.language] if question.help else "",
            say=question.say[self.language] if question.say else "",
            mark=mark,
            mark_text=self.words(texts[mark]) if mark in texts else "",
        )

    def _mark(self, question: Question) -> RowMark:
        fact = question.fact
        if fact in self.clashes or any(fact in conflict for conflict in self.assessment.conflicts):
            return RowMark.CONFLICT
        if not self.situation.known or fact in self.chosen:
            return RowMark.NONE
        if question is self._first:
            return RowMark.FIRST
        if self.line is None or fact in self._leaning():
            return RowMark.NONE
        if any(one.fact == fact and one.relevant for scheme in self.schemes.values() for one in scheme.questions):
            return RowMark.SCHEME_ONLY
        return RowMark.SETTLED if fact in self.judge.table.places else RowMark.NONE

    def _extras(self) -> tuple[Row, ...]:
        return tuple(self._extra_row(extra) for extra in self.form.extra)

    def _extra_row(self, extra: Extra) -> Row:
        options = tuple(Option(option, label[self.language]) for option, label in extra.options)
        return Row(extra.id, extra.ask[self.language], options, multiple=extra.multiple)
