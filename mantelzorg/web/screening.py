"""From the options chosen on the referrer's page to everything that it shows: a `Screen`.

Nothing is remembered here; the same options always give the same screen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

from mantelzorg import wording
from mantelzorg.assessment import Assessment, Status
from mantelzorg.content import Content
from mantelzorg.documents import Situation, Wishes
from mantelzorg.facts import Answers as FactAnswers
from mantelzorg.questionnaire import Extra, Question
from mantelzorg.questionnaire import Section as FormSection
from mantelzorg.questions import Question as Relevance
from mantelzorg.questions import Settles
from mantelzorg.rules import Tone as RuleTone
from mantelzorg.rules import VerdictLine
from mantelzorg.web import papers
from mantelzorg.web.view import (
    Answers,
    Chrome,
    Contact,
    Guide,
    Line,
    Option,
    Reason,
    Row,
    RowMark,
    Screen,
    Section,
    Source,
    Support,
    Tone,
    Verdict,
)

QUESTIONNAIRE = "referrer"
MOST_ASKED = 3
TONES = {RuleTone.YES: Tone.YES, RuleTone.MAYBE: Tone.MAYBE, RuleTone.NO: Tone.NO}
PROVISIONAL = {RuleTone.YES: Tone.YES_PROVISIONAL, RuleTone.MAYBE: Tone.MAYBE_PROVISIONAL}


class Screening:
    """One state of the page. Make one per run and ask for its `screen()`."""

    def __init__(self, content: Content, chosen: Answers, chrome: Chrome, today: date) -> None:
        self.content, self.chrome, self.today = content, chrome, today
        self.form = content.questionnaires[QUESTIONNAIRE]
        self.chosen = self.form.offered(chosen)
        self.language = chrome.language
        self.judge = content.judges[self.form.rules]
        self.answers: FactAnswers = self.form.answers(self.chosen)
        asked = {
            question.fact: question.clashing(self.chosen.get(question.fact, ())) for question in self.form.questions()
        }
        self.clashes = {fact: values for fact, values in asked.items() if values}
        self.assessment = self.judge.assess(self.answers)
        self.schemes = {name: content.judges[name].assess(self.answers) for name in self.form.schemes}
        self.line = self.judge.line(self.answers, self.assessment.verdict) if self.assessment.verdict else None
        version = f"{self.judge.rules.version}-{self.judge.rules.digest[:7]}"
        self.situation = Situation(
            self.judge,
            self.assessment,
            self.answers,
            self.form,
            content.support,
            self.line,
            self.language,
            today,
            version,
        )

    def words(self, name: str) -> str:
        """A text of the questionnaire in the language of the page."""
        return self.form.texts[name][self.language]

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
            documents=papers.documents(self.situation, self._wishes(), self._extras()) if self._settled() else (),
            sources_title=self.words("sources"),
            sources=self._sources(),
            version=self.words("version").format(
                rules=self._versions(),
                date=wording.long_date(self.today, self.language),
            ),
            safety=self.content.support.safety[self.language],
            announcement=f"{verdict.title} {verdict.lead}" if begun else "",
        )

    def _versions(self) -> str:
        """The version and digest of everything that judges on this page."""
        judges = (self.judge, *(self.content.judges[name] for name in self.form.schemes))
        return wording.join((f"{one.rules.version} ({one.rules.digest[:7]})" for one in judges), self.language)

    def _settled(self) -> bool:
        return bool(self.situation.known) and not self._contradicts()

    def _contradicts(self) -> bool:
        return bool(self.clashes) or self.assessment.judgement.status is Status.CONTRADICTION

    # The questions

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

    def _shown(self, question: Question) -> bool:
        """A question that waits for another is shown once that is answered and while it can change something."""
        if question.after is None or question.fact in self.chosen:
            return True
        return question.after in self.situation.known and question.fact in self._relevant

    @cached_property
    def _promoted(self) -> tuple[Question, ...]:
        """Questions from behind the fold that are the one to ask, or were so: no other one could change the result.

        The own answer is left aside, so that a question stays where it is while it is being answered.
        """
        promoted = []
        for section in self.form.sections:
            for question in section.more:
                others = {fact: answer for fact, answer in self.answers.items() if fact != question.fact}
                found = self.judge.assess(others)
                if found.judgement.status is not Status.OPEN:
                    continue
                open_facts = [one.fact for one in found.questions if one.relevant and not one.assumed]
                front = {one.fact for part in self.form.sections for one in part.questions}
                behind = [one.fact for part in self.form.sections for one in part.more if one.fact in open_facts]
                if not front & set(open_facts) and behind[:1] == [question.fact]:
                    promoted.append(question)
        return tuple(promoted)

    @cached_property
    def _relevant(self) -> frozenset[str]:
        """The open facts that can change the verdict; for a form row, what is merely assumed does not count."""
        return frozenset(one.fact for one in self.assessment.questions if one.relevant and not one.assumed)

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

    def _leaning(self) -> set[str]:
        return {one.fact for one in self.assessment.questions if one.assumed}

    @cached_property
    def _first(self) -> Question | None:
        """The question to ask next: one that settles it, else the first that matters; the usual exceptions last.

        What is behind a fold comes after all that is in sight.
        """
        if self.assessment.judgement.status is not Status.OPEN:
            return None
        asked = {question.fact: question for question in self._askable()}
        order = list(asked)
        open_ones = [one for one in self.assessment.questions if one.relevant and not one.assumed and one.fact in asked]
        more = [question for part in self.form.sections for question in part.more]
        folded = {question.fact for question in more if question not in self._promoted}
        open_ones.sort(key=lambda one: (one.fact in folded, self._rank(one), order.index(one.fact)))
        return asked[open_ones[0].fact] if open_ones else None

    def _askable(self) -> tuple[Question, ...]:
        """The questions on the page, the fold included, that have no answer yet."""
        more = {question.fact for section in self.form.sections for question in section.more}
        questions = [question for question in self.form.questions() if question.fact not in self.chosen]
        return tuple(question for question in questions if question.fact in more or self._shown(question))

    def _rank(self, question: Relevance) -> int:
        if question.settles is Settles.ALWAYS:
            return 0
        return 2 if self.judge.rules.fact(question.fact).usual else 1

    # The verdict

    def _empty(self) -> Verdict:
        return Verdict(Tone.OPEN, self.situation.verdict_text("title"), self.words("begin_lead"))

    def _guide(self) -> Guide:
        names = ("guide_1", "guide_2", "guide_3")
        items = tuple((self.words(name), self.words(f"{name}_line")) for name in names)
        return Guide(items, self.words("guide_after"))

    def _verdict(self) -> Verdict:
        if self._contradicts():
            return self._conflict()
        return self._with_open(self._open() if self.line is None else self._decided(self.line))

    def _conflict(self) -> Verdict:
        reasons = []
        for fact, values in self.clashes.items():
            clashing = wording.say(self.content.facts[fact], values, self.language)
            reasons.append(Reason(wording.sentence(clashing), (fact,)))
        for conflict in self.assessment.conflicts:
            said = [wording.say(self.judge.rules.fact(f), self.answers[f], self.language) for f in conflict]
            reasons.append(Reason(wording.sentence(wording.join(said, self.language)), conflict))
        title, lead = self.words("conflict_title"), self.words("conflict_lead")
        short = self.words("conflict_short")
        return Verdict(Tone.CONTRADICTION, title, lead, "", tuple(reasons), short=short)

    def _open(self) -> Verdict:
        usual = self.judge.with_usual(self.answers)
        likely = self.judge.judge(usual).verdict
        line = self.judge.line(usual, likely) if likely else None
        tone = PROVISIONAL.get(line.tone, Tone.OPEN) if line else Tone.OPEN
        title = self.situation.verdict_text("title")
        said: tuple[wording.Said, ...] = ()
        if line and tone is not Tone.OPEN:
            short = line.texts["short"][self.language]
            title = self.situation.verdict_text("provisional").format(short)
            said = wording.reasons(self.judge, self.judge.assess(usual), self.situation.known, self.language)
        return Verdict(
            tone,
            title,
            self._next_question() or self.situation.verdict_text("lead"),
            self.words("why") if said else "",
            tuple(Reason(one.text, one.facts) for one in said),
            extra=(("", self.words("still_possible").format(self._possible(self.assessment))),),
            short=title.rstrip("."),
        )

    def _next_question(self) -> str:
        first = self._first
        if first is None:
            return ""
        settles = {one.fact: one.settles for one in self.assessment.questions}[first.fact]
        texts = {Settles.ALWAYS: "decides", Settles.MAY: "may_decide"}
        name = texts.get(settles)
        return self.words(name).format(first.short[self.language]) if name else ""

    def _possible(self, assessment: Assessment) -> str:
        lines = [assessment.rules.line(verdict) for verdict in assessment.judgement.possible]
        lines.sort(key=lambda line: list(RuleTone).index(line.tone))
        names = (line.texts.get("name", line.texts["short"])[self.language] for line in lines)
        return wording.join(names, self.language, "or")

    def _decided(self, line: VerdictLine) -> Verdict:
        said = wording.reasons(self.judge, self.assessment, self.situation.known, self.language)
        assumed = wording.assumptions(self.judge, self.assessment, self.language)
        return Verdict(
            TONES[line.tone],
            self.situation.verdict_text("title"),
            self.situation.verdict_text("lead"),
            self.words("why"),
            tuple(Reason(one.text, one.facts) for one in said),
            action="" if self._support else self.situation.verdict_text("action"),
            contact=None if self._support else self._contact(),
            extra=self._extra_texts(),
            assumptions_title=self.words("assumed") if assumed else "",
            assumptions=tuple(Reason(one.text, one.facts) for one in assumed),
            short=self.situation.verdict_text("short"),
        )

    def _extra_texts(self) -> tuple[tuple[str, str], ...]:
        changes = [
            self.words("would_change_line").format(
                self.judge.rules.line(change.verdict).texts["short"][self.language],
                wording.change(self.judge, change, self.language),
            )
            for change in self.assessment.changes
        ]
        pairs = (
            (self.words("exists"), self.situation.verdict_text("exists")),
            (self.words("would_change"), " ".join(changes)),
            (self.words("again"), self.situation.verdict_text("again")),
        )
        return tuple((heading, text) for heading, text in pairs if text)

    def _with_open(self, verdict: Verdict) -> Verdict:
        """The verdict with what is still open, and whether that matters."""
        asked = {question.fact for question in self._askable()}
        known = [one for one in self.assessment.questions if one.fact in asked]
        can = [one.fact for one in known if one.relevant and not one.assumed]
        front = {row.fact for section in self.form.sections for row in section.questions if self._shown(row)}
        idle = [one.fact for one in known if not one.relevant and one.fact in front]
        return replace(
            verdict,
            open_title=self.words("open"),
            settled=self.judge.rules.texts["open_settled"][self.language] if self.line else "",
            can_change_label=self.words("can_change"),
            can_change=self.situation.asked(can),
            no_change_label=self.words("no_change"),
            no_change=self.situation.asked(idle) if self.line else (),
        )

    # Beside the verdict

    def _contact(self) -> Contact:
        support = self.content.support
        centre, line = support.contacts[support.centre], support.to_call()
        if centre.number:
            return Contact(centre.name, centre.number, centre.hours.model_dump()[self.language] if centre.hours else "")
        return Contact(line.name, line.number, self.words("number_missing").format(centre.name))

    @cached_property
    def _support(self) -> Support | None:
        urgency = self.content.support.urgency(self.situation.known)
        if not urgency.first:
            return None
        title, danger = self.words("support_title"), self.words("danger")
        return Support(title, urgency.advice[self.language], danger, self._contact())

    def _lines(self) -> tuple[Line, ...]:
        schemes = [self._scheme(name) for name in self.form.schemes]
        return tuple(line for line in (self._signals(), self._support_line(), *schemes) if line)

    def _signals(self) -> Line | None:
        heard = self.content.support.heard(self.situation.known)
        if not heard:
            return None
        tags = self.content.support.tags
        soonest = next(tag for tag in tags if tag in {signal.tag for signal in heard})
        said = " ".join(signal.say[self.language] for signal in heard)
        note = f"{wording.sentence(tags[soonest][self.language])} {self.words('signals_note')}"
        return Line(self.words("signals"), said, note)

    def _support_line(self) -> Line | None:
        """How soon; not where the card above the verdict says it already."""
        support, known = self.content.support, self.situation.known
        urgency = support.urgency(known)
        if urgency.first:
            return None
        if not support.discussed(known):
            strong = wording.sentence(self.words("signals_not_discussed"))
            return Line(self.words("support"), strong, self.words("support_ask"))
        return Line(self.words("support"), wording.sentence(urgency.term[self.language]), urgency.advice[self.language])

    def _scheme(self, name: str) -> Line:
        assessment = self.schemes[name]
        judge = self.content.judges[name]
        title = judge.rules.texts["title"][self.language]
        line = judge.line(self.answers, assessment.verdict) if assessment.verdict else None
        if line is None:
            open_facts = {one.fact for one in assessment.questions if one.relevant and not one.assumed}
            asked = [question.short[self.language] for question in self.form.questions() if question.fact in open_facts]
            more = [self.words("and_more").format(len(asked) - MOST_ASKED)] if len(asked) > MOST_ASKED else []
            left = wording.join([*asked[:MOST_ASKED], *more], self.language)
            text = self.words("ask_also").format(left) if left else ""
            return Line(title, judge.rules.texts["open_title"][self.language], text)
        said = wording.reasons(judge, assessment, self.situation.known, self.language)
        why = f"{said[0].text} " if said and line.tone is RuleTone.NO else ""
        return Line(title, line.texts["title"][self.language], f"{why}{line.texts['lead'][self.language]}")

    def _wishes(self) -> Wishes:
        chrome = self.chrome
        return Wishes(chrome.with_whom, chrome.consent, chrome.own_words, chrome.neutral, chrome.extra)

    def _extras(self) -> tuple[Row, ...]:
        return tuple(self._extra_row(extra) for extra in self.form.extra)

    def _extra_row(self, extra: Extra) -> Row:
        options = tuple(Option(option, label[self.language]) for option, label in extra.options)
        return Row(extra.id, extra.ask[self.language], options, multiple=extra.multiple)

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
