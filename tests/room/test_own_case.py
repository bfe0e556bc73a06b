"""Cases that a trainer makes from facts."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from staged import content

from mantelzorg.facts import Unknown
from mantelzorg.room.own_case import own_item, to_yaml
from mantelzorg.room.scene import form_of, scene
from mantelzorg.training.cases import load_training, replay
from mantelzorg.yaml_reader import read

FORM = form_of(content())
CHOSEN = st.dictionaries(
    st.sampled_from([question.fact for question in FORM.questions()]), st.integers(0, 5), max_size=12
).map(
    lambda drawn: {
        fact: (FORM.question(fact).options[place % len(FORM.question(fact).options)].id,)
        for fact, place in drawn.items()
    }
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CHOSEN)
def test_what_was_chosen_can_be_written_as_a_case_that_the_rules_follow(chosen: dict[str, tuple[str, ...]]) -> None:
    item = own_item(chosen, content(), "nl")
    if item is None:
        return
    document = read(to_yaml(item, content()).encode(), "cases/training/own.yaml")
    (case,) = load_training(document, content())
    assert replay(case, content()).broken == ()
    told = FORM.answers(chosen)
    assert {name: answer for name, answer in case.answers.items() if not isinstance(answer, Unknown)} == told


def test_a_case_needs_facts_that_go_together() -> None:
    assert own_item({}, content(), "nl") is None
    assert own_item({"relationship": ("no-such-option",)}, content(), "nl") is None


def test_its_story_is_what_the_facts_say_and_nothing_else() -> None:
    item = own_item({"relationship": ("neighbour",), "shares_home": ("no",)}, content(), "en")
    assert item is not None
    played = scene(item, {}, content(), "en")
    assert played.story == ("Helps a neighbour.", "They do not live together.")
    assert played.flip == {}
