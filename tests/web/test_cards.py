"""What stands in the cards, and that no text can become HTML."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest

from mantelzorg.web import cards, form
from mantelzorg.web.literal import literal
from mantelzorg.web.view import (
    Contact,
    Document,
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
from mantelzorg.web.words import LANGUAGES, words

NL = words("nl")
EVIL = "<script>alert(1)</script>\"'&"
CONTACT = Contact("VMCA", "036 534 8600", "9.00 - 17.00 uur")
WITH_WHOM = Row("who", "Met wie?", (Option("helper", "de helper"),))


def verdict(tone: Tone = Tone.YES) -> Verdict:
    return Verdict(
        tone,
        title="de titel",
        lead="de regel",
        reasons_title="Waarom",
        reasons=(Reason("reden een", ("relatie",)), Reason("reden twee")),
        action="Bel samen:",
        contact=CONTACT,
        extra=(("Wat er is", "steun"), ("Kijk opnieuw", "over een maand")),
        assumptions_title="Aangenomen",
        assumptions=(Reason("onbetaald", ("betaald",)),),
        open_title="Wat nog open is",
        can_change_label="Kan veranderen:",
        can_change=("geld", "organisatie"),
        no_change_label="Verandert niets:",
        no_change=("hoe lang",),
        short="Ja",
    )


def screen(**fields: object) -> Screen:
    return replace(Screen("nl", WITH_WHOM, (), verdict()), **fields)  # type: ignore[arg-type]


def test_every_part_of_a_verdict_is_shown() -> None:
    shown = cards.verdict_card(verdict(), NL)
    for part in (
        "de titel",
        "de regel",
        "Waarom",
        "reden een",
        "reden twee",
        "Bel samen:",
        "VMCA",
        "036 534 8600",
        "9.00 - 17.00 uur",
        "Wat er is",
        "steun",
        "Kijk opnieuw",
        "over een maand",
        "Aangenomen",
        "onbetaald",
        "Wat nog open is",
        "Kan veranderen:",
        "geld, organisatie.",
        "Verandert niets:",
        "hoe lang.",
    ):
        assert part in shown


@pytest.mark.parametrize("tone", Tone)
def test_each_tone_has_its_own_class_and_icon(tone: Tone) -> None:
    shown = cards.verdict_card(verdict(tone), NL)
    assert f'class="card verdict tone-{tone.value}"' in shown
    assert f"icon-{tone.value}" in shown
    assert f".icon-{tone.value} {{" in form_style()


def form_style() -> str:
    from mantelzorg.web.page import style

    return style()


def test_what_there_is_comes_before_the_telephone_only_in_a_no() -> None:
    for tone in Tone:
        shown = cards.verdict_card(verdict(tone), NL)
        assert (shown.index("Wat er is") < shown.index("Bel samen")) is (tone is Tone.NO)


def test_a_settled_verdict_says_so_with_a_tick() -> None:
    shown = cards.verdict_card(replace(verdict(), settled="Staat vast.", can_change=()), NL)
    assert "icon-tick" in shown
    assert "Staat vast." in shown
    assert "Kan veranderen" not in shown


def test_a_verdict_without_anything_more_has_no_empty_body() -> None:
    assert 'class="body"' not in cards.verdict_card(Verdict(Tone.OPEN, "Nog niet te zeggen.", "Kies."), NL)


def test_each_reason_leads_to_its_first_answer() -> None:
    shown = cards.verdict_card(verdict(), NL)
    assert 'data-row="relatie"' in shown
    assert 'data-row="betaald"' in shown
    assert shown.count("data-row=") == 2
    assert "Wijzig<span" in shown


def test_a_missing_number_is_said_and_not_dialled() -> None:
    shown = cards.contact_html(Contact("VMCA", missing="nog niet ingevuld", hours="9 - 17"))
    assert "nog niet ingevuld" in shown
    assert "tel:" not in shown
    assert "9 - 17" not in shown


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Bel 112.", "112"),
        ("Veilig Thuis (0800 2000)", "08002000"),
        ("VMCA: 036 534 8600", "0365348600"),
        ("mobiel 06-12345678", "0612345678"),
        ("bel +31 36 534 86 00", "+31365348600"),
    ],
)
def test_a_number_in_a_text_can_be_dialled(said: str, number: str) -> None:
    assert f'href="tel:{number}"' in cards.with_numbers(said)


@pytest.mark.parametrize("said", ["regels 2026.1 van 21-11-2026", "meer dan 8 uur", "art. 1.1.1", "1112"])
def test_no_other_figures_become_a_telephone_number(said: str) -> None:
    assert cards.with_numbers(said) == said


def test_support_shows_danger_and_contact() -> None:
    shown = cards.support_card(Support("Eerst steun", "Bel vandaag.", "Gevaar? Bel 112.", CONTACT))
    for part in ("Eerst steun", "Bel vandaag.", 'href="tel:112"', 'href="tel:0365348600"', 'id="support"'):
        assert part in shown


def test_guide_and_lines_show_every_item() -> None:
    guide = cards.guide_list(Guide((("Is het mantelzorg?", "Zonder minimum."),), "Straks meer."))
    assert "Is het mantelzorg?" in guide
    assert "Zonder minimum." in guide
    assert "Straks meer." in guide
    lines = cards.lines_card((Line("Signalen", "Nu bellen.", "Slaapt slecht."),))
    for part in ("Signalen", "Nu bellen.", "Slaapt slecht."):
        assert part in lines


def test_the_copy_button_stands_above_the_text_and_holds_it_exactly() -> None:
    document = Document("a", "Dossier", "Kopieer", 'S  "Helpt" <ouder>\nE  ja', warning="Let op.")
    shown = cards.document_body(document, NL)
    assert shown.index("<button") < shown.index('class="preview"')
    held = shown.split('data-copy="')[1].split('"')[0]
    assert unquote(held) == document.text
    assert "Let op." in shown
    assert 'aria-label="Tekst: Dossier"' in shown


def test_without_a_text_there_is_no_copy_button() -> None:
    shown = cards.document_body(Document("a", "Verwijzing", "Kopieer", "", warning="Niet versturen."), NL)
    assert "<button" not in shown
    assert "Niet versturen." in shown
    assert cards.document_body(Document("a", "Verwijzing", "Kopieer", ""), NL) == ""


def test_made_html_is_shown_and_copied_along() -> None:
    shown = cards.document_body(Document("a", "Kaart", "Kopieer", "tekst", html="<p>tekst</p>"), NL)
    assert "<p>tekst</p></div>" in shown
    assert 'data-copy-html="%3Cp%3Etekst%3C/p%3E"' in shown


def test_a_source_is_linked_only_over_http() -> None:
    good = cards.sources_list((Source("Wmo", "geen uren", "https://wetten.overheid.nl/x", "2015", "21-11-2026"),), NL)
    for part in ("Wmo", "geen uren", 'href="https://wetten.overheid.nl/x"', "2015", "nagekeken 21-11-2026"):
        assert part in good
    for bad in ("javascript:alert(1)", "data:text/html,x", "", "https://a b"):
        assert "href" not in cards.sources_list((Source("Wmo", "x", bad, "", ""),), NL)


def test_the_bar_counts_only_what_can_change_the_verdict() -> None:
    assert "2 vragen open" in cards.bar(screen(), NL)
    one = screen(verdict=replace(verdict(), can_change=("geld",)))
    assert "1 vraag open" in cards.bar(one, NL)
    settled = screen(verdict=replace(verdict(), can_change=(), settled="Staat vast."))
    assert "staat vast" in cards.bar(settled, NL)
    assert 'data-show="verdict"' in cards.bar(settled, NL)


def test_the_bar_leads_to_support_first() -> None:
    supported = screen(support=Support("Eerst steun", "", "", CONTACT))
    assert 'data-show="support"' in cards.bar(supported, NL)


def test_the_foot_shows_version_and_safety() -> None:
    shown = cards.footer(screen(version="Regels 2026.1.", safety="Veilig Thuis (0800 2000)"))
    assert "Regels 2026.1." in shown
    assert 'href="tel:08002000"' in shown


def test_no_text_becomes_html() -> None:
    evil = Verdict(
        Tone.NO,
        *(EVIL,) * 3,
        (Reason(EVIL, (EVIL,)),),
        EVIL,
        Contact(EVIL, EVIL, EVIL, EVIL),
        ((EVIL, EVIL),),
        EVIL,
        (Reason(EVIL),),
        *(EVIL,) * 3,
        (EVIL,),
        EVIL,
        (EVIL,),
        EVIL,
    )
    source = Source(EVIL, EVIL, "https://a/" + EVIL, EVIL, EVIL)
    shown = (
        cards.verdict_card(evil, NL)
        + cards.support_card(Support(EVIL, EVIL, EVIL, Contact(EVIL, missing=EVIL)))
        + cards.guide_list(Guide(((EVIL, EVIL),), EVIL))
        + cards.lines_card((Line(EVIL, EVIL, EVIL),))
        + cards.document_body(Document(EVIL, EVIL, EVIL, EVIL, warning=EVIL), NL)
        + cards.sources_list((source,), NL)
        + cards.footer(screen(version=EVIL, safety=EVIL))
        + cards.bar(screen(verdict=evil), NL)
        + form.said(Row("a", "b", (), say=EVIL, help=EVIL))
    )
    assert "<script" not in shown
    assert "\"'" not in shown


def test_a_mark_cannot_leave_its_style() -> None:
    row = Row("relatie", "Wie?", (), unknown="niet bekend", mark=RowMark.FIRST, mark_text='"}</style><b>x')
    style = form.marks(screen(sections=(Section("a", "A", (row,)),)), NL)
    assert style.count("<") == 2
    assert ".st-key-q0-relatie{--mark:" in style
    assert "--bar:var(--accent)" in style


def test_only_a_row_that_has_it_shows_a_quiet_last_option() -> None:
    without = Row("a", "Wie?", (Option("x", "x"),))
    quiet = Row("b", "Wie?", (Option("x", "x"),), unknown="niet bekend")
    style = form.marks(screen(sections=(Section("s", "S", (without, quiet)),)), NL)
    assert ".st-key-q0-a{--last-edge" in style
    assert "q0-b" not in style


@pytest.mark.parametrize("sign", list(r"\`*_[]{}<>$~"))
def test_signs_of_markdown_are_escaped(sign: str) -> None:
    assert literal(f"a{sign}b") == f"a\\{sign}b"


@pytest.mark.parametrize(
    ("said", "made"),
    [
        (":smile:", "\\:\u2060smile:"),
        (":red[x]", "\\:\u2060red\\[x\\]"),
        ("http://a.nl", "http\\:\u2060//a.nl"),
        ("www.a.nl", "www\u2060.a.nl"),
        ("a@b.nl", "a\u2060@b.nl"),
        ("a -> b", "a -\u2060\\> b"),
        ("# kop", "\\# kop"),
        ("- punt", "\\- punt"),
        ("1. punt", "1\\. punt"),
        ("&amp;", "\\&amp;"),
        ("twee\n regels", "twee regels"),
    ],
)
def test_what_streamlit_would_replace_is_held_apart(said: str, made: str) -> None:
    assert literal(said) == made


@pytest.mark.parametrize(
    "said", ["Hoe lang al?", "nee, bijna niets", "9:00 uur", "Let op: dit", "4 t/m 8 (uur)", "ú & ik"]
)
def test_plain_text_stays_as_it_is(said: str) -> None:
    assert literal(said) == said


def test_all_languages_have_the_same_words() -> None:
    assert {frozenset(words(language)) for language in LANGUAGES} == {frozenset(NL)}
    assert words("xx") == NL


def test_an_answer_that_was_never_offered_is_not_known() -> None:
    asked = Row("relatie", "Wie?", (Option("ouder", "ouder"),), unknown="niet bekend")
    several = Row("reden", "Waarom?", (Option("ziek", "ziek"),), multiple=True)
    shown = screen(sections=(Section("a", "A", (asked,), (several,)),))
    answers = {"relatie": ("vals",), "reden": ("ziek", "unknown"), "verborgen": ("x",)}
    assert form.known(answers, shown) == {"reden": ("ziek",), "verborgen": ("x",)}
    assert form.known({"relatie": ("unknown",)}, shown) == {"relatie": ("unknown",)}
