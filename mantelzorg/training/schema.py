"""The shape of `cases/training/*.yaml`, as models that check what is read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel

from mantelzorg.schema import Flag, Id, Words
from mantelzorg.validation import Strict


class FlipModel(Strict):
    """What is otherwise after the flip, in a sentence and in facts, and the results that follow."""

    say: Words
    facts: dict[Id, object]
    expect: dict[Id, Id]


class TrainingCaseModel(Strict):
    """A prepared case. `expect` has a verdict per rule set, and under `urgency` how soon support is needed."""

    id: Id
    title: Words
    audience: Literal["referrer", "caregiver"]
    difficulty: Annotated[int, Field(ge=1, le=3)]
    starter: Flag = "false"
    story: Words
    facts: dict[Id, object]
    expect: dict[Id, Id]
    flip: FlipModel
    debrief: Words
    note: Words
    source: Id | list[Id]


class TrainingFile(RootModel[Annotated[list[TrainingCaseModel], Field(min_length=1)]]):
    """A file of prepared cases: a list."""

    model_config = ConfigDict(frozen=True, strict=True)
