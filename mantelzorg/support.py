"""Is support needed, and how soon: signals, urgency and offers. Never depends on a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mantelzorg.assessment import Judge
from mantelzorg.conditions import ALWAYS
from mantelzorg.facts import Answers, Fact, Text
from mantelzorg.loading import Faults, listed, optional, text
from mantelzorg.reader import ReaderTooLargeError
from mantelzorg.rules import RuleSet, Tone, VerdictLine
from mantelzorg.schema import ContactModel, SupportFile
from mantelzorg.validation import validate
from mantelzorg.verdict_table import ConditionTable, TableTooLargeError
from mantelzorg.yaml_reader import Document

FEWEST_OFFERS, MOST_OFFERS = 3, 4


@dataclass(frozen=True)
class Signal:
    """Something the helper said. `tag` is how soon to act: now, week or watch."""

    id: str
    table: ConditionTable
    say: Text
    tag: str
    sources: tuple[str, ...]
    you: Text | None
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Urgency:
    """How soon support is needed; `first` puts it above the verdict. `table` None: always holds."""

    id: str
    table: ConditionTable | None
    term: Text
    advice: Text
    first: bool
    sources: tuple[str, ...]
    you: Text | None


@dataclass(frozen=True)
class Offer:
    """Something that exists for carers; only `confirmed` ones are certain."""

    id: str
    name: Text
    what: Text
    table: ConditionTable | None
    icon: str
    contact: str
    status: str
    checked: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Support:
    """The content of `rules/support.yaml`."""

    centre: str
    contacts: Mapping[str, ContactModel]
    tags: Mapping[str, Text]
    signals: tuple[Signal, ...]
    urgencies: tuple[Urgency, ...]
    offers: tuple[Offer, ...]
    safety: Text
    sheet: Mapping[str, Text]
    judge: Judge
    """Judges how soon: each urgency a verdict. It knows which questions still matter to that."""

    def heard(self, answers: Answers) -> tuple[Signal, ...]:
        """The signals that certainly hold, in the order of the file. What is unknown is not a signal, nor a "no"."""
        return tuple(signal for signal in self.signals if signal.table.status(answers))

    def discussed(self, answers: Answers) -> bool:
        """Whether anything was said that a signal asks for."""
        return any(fact in answers for signal in self.signals for fact in signal.facts)

    def urgency(self, answers: Answers) -> Urgency:
        """The first line that certainly holds."""
        return next(line for line in self.urgencies if line.table is None or line.table.status(answers))

    def to_call(self) -> ContactModel:
        """The centre, or while its number is not filled in the first line whose number is certain."""
        centre = self.contacts[self.centre]
        certain = (line for line in self.contacts.values() if line.number and line.status == "confirmed")
        return centre if centre.number else next(certain, centre)

    def fitting(self, answers: Answers) -> tuple[Offer, ...]:
        """The offers that fit or may fit; those that have ended never do. Certain ones first."""
        states = {offer.id: offer.table.status(answers) if offer.table else None for offer in self.offers}
        left = [offer for offer in self.offers if offer.status != "ended" and states[offer.id] is not False]
        return tuple(sorted(left, key=lambda offer: states[offer.id] is not True))

    def named(self, answers: Answers) -> tuple[Offer, ...]:
        """The few offers to name: those for everybody and those that certainly fit; others that may only fill up."""
        left = self.fitting(answers)
        sure = [offer for offer in left if offer.table is None or offer.table.status(answers)]
        may = [offer for offer in left if offer not in sure]
        return tuple([*sure, *may[: max(0, FEWEST_OFFERS - len(sure))]][:MOST_OFFERS])


def load_support(document: Document, facts: Mapping[str, Fact], sources: Mapping[str, object]) -> Support:
    """Read support. Raises ContentError with every fault."""
    model = validate(document, SupportFile)
    faults = Faults(document)

    def table(condition: str | None, *path: str | int) -> ConditionTable | None:
        return ConditionTable(faults.condition(condition, path, facts), facts) if condition else None

    for name, contact in model.contacts.items():
        faults.known(listed(contact.source), sources, ("contacts", name, "source"), "source")
    faults.known([model.centre], model.contacts, ("centre",), "contact")
    if model.urgency[-1].condition is not None:
        faults.add(("urgency", len(model.urgency) - 1), "urgency-last", "De laatste regel geldt altijd: zonder 'if'.")
    signals = []
    for place, own in enumerate(model.signals):
        faults.known(listed(own.source), sources, ("signals", place, "source"), "source")
        made = ConditionTable(faults.condition(own.condition, ("signals", place, "if"), facts), facts)
        asked = tuple(axis.fact.id for axis in made.axes)
        signals.append(Signal(own.id, made, text(own.say), own.tag, listed(own.source), optional(own.you), asked))
    urgencies, lines = [], []
    for place, line in enumerate(model.urgency):
        faults.known(listed(line.source), sources, ("urgency", place, "source"), "source")
        path = ("urgency", place, "if")
        condition = faults.condition(line.condition, path, facts) if line.condition else None
        made_line = ConditionTable(condition, facts) if condition else None
        first = line.support_first == "true"
        words = (text(line.term), text(line.advice))
        urgencies.append(Urgency(line.id, made_line, *words, first, listed(line.source), optional(line.you)))
        lines.append(VerdictLine(line.id, condition or ALWAYS, Tone.MAYBE, {}))
    offers = []
    for place, offer in enumerate(model.offers):
        faults.known(listed(offer.source), sources, ("offers", place, "source"), "source")
        faults.known([offer.contact], model.contacts, ("offers", place, "contact"), "contact")
        suits = table(offer.suits, "offers", place, "suits_if")
        where = (offer.contact, offer.status, offer.checked, listed(offer.source))
        offers.append(Offer(offer.id, text(offer.name), text(offer.what), suits, offer.icon, *where))
    judge = _judge(lines, facts, faults)
    faults.check()
    tags: dict[str, Text] = {tag: text(words) for tag, words in model.tags.items()}
    return Support(
        model.centre,
        model.contacts,
        tags,
        tuple(signals),
        tuple(urgencies),
        tuple(offers),
        text(model.safety),
        {name: text(words) for name, words in model.sheet.items()},
        judge,
    )


def _judge(lines: list[VerdictLine], facts: Mapping[str, Fact], faults: Faults) -> Judge:
    """The urgency lines as a rule set: its table then says which questions still matter."""
    try:
        return Judge(RuleSet("urgency", "", date.min, (), tuple(lines), (), (), {}, tuple(facts.values())))
    except (TableTooLargeError, ReaderTooLargeError) as error:
        faults.add(("urgency",), "table-too-large", f"Deze regels onderscheiden te veel situaties: {error}.")
        faults.check()
        raise
