"""What the referrer's page answers: the verdict with its reasons, and beside it support, signals and schemes."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from mantelzorg import wording
from mantelzorg.assessment import Assessment
from mantelzorg.questions import Settles
from mantelzorg.rules import Tone as RuleTone
from mantelzorg.rules import VerdictLine
from mantelzorg.web.asking import Asking
from mantelzorg.web.view import Contact, Guide, Line, Reason, Support, Tone, Verdict

MOST_ASKED = 3
TONES = {RuleTone.YES: Tone.YES, RuleTone.MAYBE: Tone.MAYBE, RuleTone.NO: Tone.NO}
PROVISIONAL = {RuleTone.YES: Tone.YES_PROVISIONAL, RuleTone.MAYBE: Tone.MAYBE_PROVISIONAL}


class Results(Asking):
    """The right side of the page."""

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
