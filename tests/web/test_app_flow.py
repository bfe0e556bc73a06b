"""The real app from the first click to the texts, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"
SECONDS = 60


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=SECONDS).run()


def choose(app: AppTest, visit: int = 0, **chosen: str | list[str]) -> AppTest:
    for fact, option in chosen.items():
        app.button_group(key=f"q{visit}-{fact}").set_value(option)
        app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def test_a_mother_with_dementia_is_informal_care(app: AppTest) -> None:
    assert "Nog niet te zeggen." in html(app)
    choose(app, relationship="parent", care_reason=["dementia"], beyond_usual="mostly", payment="none")
    assert "Voorlopig: ja." in html(app)
    choose(app, on_behalf_of="nobody")
    assert "Ja, dit is mantelzorg." in html(app)
    assert "De open vragen veranderen de uitkomst niet meer." in html(app)
    assert "Mantelzorg: ja." in html(app)


def test_a_partner_with_a_broken_leg_is_not_yet(app: AppTest) -> None:
    choose(app, relationship="partner", shares_home="yes", care_reason=["recovering"], outlook="temporary")
    choose(app, beyond_usual="no", payment="none", on_behalf_of="nobody")
    assert "Dit valt niet onder mantelzorg." in html(app)
    assert "gebruikelijke hulp" in html(app)
    assert "past geen verwijzing als mantelzorger" in html(app)


def test_an_exhausted_neighbour_gets_support_first(app: AppTest) -> None:
    choose(app, relationship="neighbour", strain="too_much")
    assert html(app).index("Eerst steun") < html(app).index("Nog niet te zeggen.")


def test_clear_all_empties_the_form(app: AppTest) -> None:
    choose(app, relationship="parent", care_reason=["dementia"], strain="too_much")
    app.button(key="clear").click().run()
    assert not app.exception
    assert "Eerst steun" not in html(app)
    assert "vergeetachtigheid" not in html(app)
    asked = [one for one in app.get("button_group") if str(one.key).startswith("q1-")]
    assert len(asked) >= 8
    assert not any(one.value for one in asked)
    assert "q0-relationship" not in app.session_state
    choose(app, visit=1, relationship="child")
    assert "kind" in html(app)


def test_the_answers_stay_when_the_language_changes(app: AppTest) -> None:
    choose(app, relationship="parent", care_reason=["dementia"], beyond_usual="mostly")
    app.button_group(key="language").set_value("en").run()
    assert not app.exception
    assert "For now: yes." in html(app)
    assert "memory loss or dementia" in html(app)
    app.button_group(key="language").set_value("nl").run()
    assert "Voorlopig: ja." in html(app)
