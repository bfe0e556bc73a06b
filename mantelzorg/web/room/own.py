"""The page on which a trainer makes an own case from facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mantelzorg.assessment import Assessment, Status
from mantelzorg.content import Content
from mantelzorg.questionnaire import Question, Questionnaire
from mantelzorg.questions import Settles
from mantelzorg.room import codes
from mantelzorg.room.actions import read_chosen
from mantelzorg.room.explained import outcome
from mantelzorg.room.own_case import own_item, to_yaml
from mantelzorg.room.scene import form_of
from mantelzorg.room.stage import Option
from mantelzorg.room.words import words
from mantelzorg.web.room import asked, render
from mantelzorg.web.room.render import OwnQuestion, OwnSection, OwnVerdict


@dataclass(frozen=True)
class OwnCase:
    """The page, its live verdict, and the case as a file. Nothing is kept."""

    content: Callable[[], Content]

    async def page(self, request: Request) -> Response:
        """The questions of the referrer's page as chips."""
        language, code = asked.language(request), asked.query(request, "code")
        rows = await run_in_threadpool(sections, self.content(), language)
        return asked.page(render.own_case_page(rows, language, codes.read_code(code[0]) if code else ""))

    async def verdict(self, request: Request) -> Response:
        """What the rules say so far."""
        data = asked.read_json(await asked.body(request)) or {}
        chosen, language = read_chosen(data.get("chosen")), asked.word(data, "language")
        if chosen is None or language not in asked.LANGUAGES:
            return asked.said(422)
        found = await run_in_threadpool(verdict, chosen, self.content(), language)
        return asked.said(200, html=render.own_case_part(found))

    async def as_file(self, request: Request) -> Response:
        """The case as a file of prepared cases."""
        data = asked.read_json(await asked.body(request)) or {}
        chosen, language = read_chosen(data.get("chosen")), asked.word(data, "language")
        if not chosen or language not in asked.LANGUAGES:
            return asked.said(422)
        item = own_item(chosen, self.content(), language)
        if item is None:
            return asked.said(422)
        written = await run_in_threadpool(to_yaml, item, self.content())
        headers = {"Content-Disposition": 'attachment; filename="eigen-casus.yaml"'}
        return Response(written, media_type="application/yaml", headers=headers)


def sections(content: Content, language: str) -> tuple[OwnSection, ...]:
    """The questions of the referrer's questionnaire, in its own order and groups."""

    def shown(question: Question) -> OwnQuestion:
        options = tuple(Option(one.id, one.label[language]) for one in question.options)
        return OwnQuestion(question.fact, question.ask[language], question.multiple, options)

    return tuple(
        OwnSection(
            section.title[language],
            tuple(map(shown, section.questions)),
            section.more_title[language] if section.more_title else "",
            tuple(map(shown, section.more)),
        )
        for section in form_of(content).sections
    )


def verdict(chosen: dict[str, tuple[str, ...]], content: Content, language: str) -> OwnVerdict:
    """What the rules say of these options, and what would help most to ask."""
    form = form_of(content)
    offered = form.offered(chosen)
    answers = form.answers(offered)
    if not answers:
        return OwnVerdict(language)
    judge = content.judges[form.rules]
    clash = any(question.clashing(offered.get(question.fact, ())) for question in form.questions())
    found = judge.assess(answers)
    if clash or found.judgement.status is Status.CONTRADICTION:
        return OwnVerdict(language, problem=words(language)["clash"])
    ask = _to_ask(found, form, language)
    return OwnVerdict(language, outcome(judge, answers, content, language), ask)


def _to_ask(found: Assessment, form: Questionnaire, language: str) -> str:
    """The question that settles an open verdict, or else the first that weighs; empty where none does."""
    if found.judgement.status is not Status.OPEN:
        return ""
    asks = {question.fact: question.ask[language] for question in form.questions()}
    weighs = [one for one in found.questions if one.relevant and not one.assumed and one.fact in asks]
    weighs.sort(key=lambda one: one.settles is not Settles.ALWAYS)
    return asks[weighs[0].fact] if weighs else ""
