"""Contexts as the pages build them, in both languages: what the tests of every format render."""

from __future__ import annotations

from typing import Any

from . import sheets


def dutch() -> dict[str, Any]:
    return {
        "date": "22 november 2026",
        "footer": "Gemaakt met Is dit mantelzorg?, regels 2026.1, 22 november 2026. Hulpmiddel, geen besluit.",
        "contact": {"name": "VMCA", "number": "", "hours": "", "missing": "telefoonnummer nog niet ingevuld"},
        "outcome": {
            "verdict": "mantelzorg",
            "tone": "yes",
            "short": "ja",
            "reasons": ["Band bestond al.", "Onbetaald.", "Zonder hulp gaat het mis."],
        },
        "caregiver": {
            "title": "Wat u doet, heet mantelzorg.",
            "text": "Er is hulp voor u, ook als het nu goed gaat.",
            "reasons": ["U helpt uw moeder.", "Zij heeft hulp nodig door ziekte.", "Zonder u gaat het mis."],
            "say": "Ik zorg voor mijn moeder. Ik wil weten welke hulp er is.",
            "again": "er thuis iets verandert, of als u meer gaat doen.",
            "neutral": False,
        },
        "words": sheets.words("nl"),
        "question": "Graag contact met deze mantelzorger over hulp bij regelen.",
        "term": "deze week",
        "situation": [
            {"label": "Zorgt voor", "text": "moeder"},
            {"label": "Hulp nodig door", "text": "vergeetachtigheid of dementie"},
            {"label": "Doet vooral", "text": "boodschappen, post en afspraken, meegaan naar de dokter"},
            {"label": "Sinds", "text": "langer dan 3 maanden. Tijd: 4 tot 8 uur per week"},
            {"label": "Eén huishouden", "text": "nee"},
            {"label": "Anderen die helpen", "text": "thuiszorg"},
        ],
        "signals": ["Soms zwaar.", "Slaapt slecht."],
        "signals_note": "Dit zegt de helper zelf. Het is geen meting.",
        "signals_none": "niet besproken",
        "wish": "Hulp bij regelen.",
        "own_words": "Ik wil graag weten wie de post kan doen.",
        "unknown": ["hoe lang de helper dit volhoudt"],
        "done": ["Telefoonnummer gegeven.", "Blad meegegeven."],
        "reach": ["Nederlands, geen tolk.", "Liefst bellen op maandag, ’s ochtends.", "Geen bericht inspreken."],
        "consent": {
            "given": True,
            "text": "Besproken met de mantelzorger op 22 november 2026. Deze weet wat er in dit bericht staat en "
            "vindt het goed dat de VMCA belt. Over de naaste staat er niet meer in dan nodig.",
        },
        "note": {
            "s": [
                "Helpt moeder; hulp nodig door vergeetachtigheid. Sinds > 3 maanden, 4 tot 8 uur p/w.",
                "Doet: boodschappen, post, meegaan. Andere hulp: thuiszorg.",
                "Eigen ervaring: soms zwaar; zegt het weken vol te houden.",
            ],
            "o": ["-"],
            "e": ["Mantelzorg: ja. Band bestond al.", "Signalen (anamnestisch): slaapt slecht"],
            "p": ["Verwezen VMCA met toestemming", "Nog navragen: één huishouden"],
        },
        "note_tip": "Noteer dit in het dossier van de mantelzorger.",
        "offers": [
            {"icon": "talk", "label": "Praten"},
            {"icon": "relief", "label": "Iemand neemt het even over"},
            {"icon": "arrange", "label": "Hulp bij regelen"},
            {"icon": "meet", "label": "Anderen ontmoeten"},
        ],
    }


def english() -> dict[str, Any]:
    return dutch() | {
        "date": "22 November 2026",
        "footer": "Made with Is dit mantelzorg?, rules 2026.1, 22 November 2026. A help, not a decision.",
        "contact": {"name": "VMCA", "number": "", "hours": "", "missing": "telephone number not filled in yet"},
        "outcome": {"verdict": "mantelzorg", "tone": "yes", "short": "yes", "reasons": ["There was a bond already."]},
        "caregiver": {
            "title": "What you do is called informal care.",
            "text": "There is support for you.",
            "reasons": ["You help your mother.", "She needs help because of illness."],
            "say": "I care for my mother. I want to know what help there is.",
            "again": "something changes at home, or you start to do more.",
            "neutral": False,
        },
        "words": sheets.words("en"),
        "question": "Please contact this carer about help with arranging things.",
        "term": "this week",
        "situation": [{"label": "Cares for", "text": "mother"}, {"label": "Since", "text": "over 3 months"}],
        "signals": [],
        "signals_none": "not discussed",
        "wish": "Help with arranging things.",
        "own_words": "Who can do the post?",
        "unknown": ["how long the carer can go on"],
        "done": ["Telephone number given."],
        "reach": ["Dutch, no interpreter."],
        "consent": {"given": False, "text": "No consent yet. Do not send."},
        "note_tip": "Write this in the carer's own file.",
        "offers": [{"icon": "talk", "label": "Talking"}, {"icon": "information", "label": "Information"}],
    }


def longest() -> dict[str, Any]:
    """More than a page can be expected to hold: every list full, every text long."""
    context = dutch()
    line = "boodschappen, post en afspraken, meegaan naar de dokter, administratie, koken en de was"
    context["question"] = "Graag contact met deze mantelzorger over iemand die de zorg thuis soms even overneemt."
    context["situation"] = [{"label": f"Onderwerp {number}", "text": line} for number in range(6)]
    context["signals"] = [f"Signaal {number}: zegt dat het te zwaar is en slaapt slecht." for number in range(6)]
    context["own_words"] = "Ik wil graag weten wie mij kan helpen met alles wat er is. " * 3
    context["unknown"] = [f"of de helper ook taak {number} doet" for number in range(6)]
    context["done"] = ["Telefoonnummer gegeven.", "Blad meegegeven.", "Over zes weken een afspraak gemaakt."]
    context["reach"] = [*context["reach"], "Spreekt Arabisch, tolk nodig.", "Alleen bellen na 20 uur."]
    context["caregiver"] |= {
        "title": "Wij weten nog niet of dit mantelzorg heet.",
        "text": "Dat ligt niet aan u. Eén vraag is nog open: woont u samen met de persoon die u helpt? "
        "Weet u het niet? Bel gerust.",
        "say": "Ik zorg voor de persoon die ik help in mijn straat. Ik wil graag weten welke hulp er is.",
    }
    return context


CONTEXTS = {"nl": dutch, "en": english}
