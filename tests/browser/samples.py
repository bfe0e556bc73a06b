"""What the sample answers come to: a small stand-in for the real rules, with their kind of texts."""

from __future__ import annotations

from sample_questions import (
    BEFORE,
    CENTRE,
    GUIDE,
    HOURS,
    LATER,
    LETTER_ROWS,
    MORE,
    NAMES,
    NEEDED,
    NO_NUMBER,
    ODD,
    ORGANISED,
    PAID,
    REASON,
    RELATION,
    SINCE,
    SOURCES,
    STRAIN,
    TITLES,
    WITH_WHOM,
    row,
)

from mantelzorg.web.view import (
    Answers,
    Chrome,
    Document,
    Line,
    Reason,
    Row,
    RowMark,
    Screen,
    Section,
    Support,
    Tone,
    Verdict,
)


def tone_of(answers: Answers) -> Tone:
    has = {fact: set(ids) - {"unknown"} for fact, ids in answers.items()}
    reasons = has.get("reden", set())
    if "geen" in reasons and len(reasons) > 1:
        return Tone.CONTRADICTION
    if has.get("relatie") == {"via-werk"} and has.get("band_vooraf") == {"nee"}:
        return Tone.NO
    likely = reasons - {"geen"} and has.get("meer_dan_gewoon") == {"nee"}
    if likely and has.get("betaald") == {"pgb"}:
        return Tone.MAYBE if has.get("organisatie") else Tone.MAYBE_PROVISIONAL
    if likely:
        return Tone.YES if has.get("betaald") == {"nee"} and has.get("organisatie") == {"nee"} else Tone.YES_PROVISIONAL
    return Tone.OPEN


def verdict_of(answers: Answers, tone: Tone) -> Verdict:
    if not answers:
        return Verdict(
            tone,
            "Nog niet te zeggen.",
            "Kies links wat u al weet. De uitkomst verschijnt vanzelf.",
            short="Nog niet te zeggen",
        )
    title, lead, short = TITLES[tone]
    heavy = answers.get("belasting") == ("te",)
    settled = tone in (Tone.YES, Tone.MAYBE, Tone.NO)
    unanswered = [name for fact, name in NAMES.items() if fact not in answers]
    weighs = tuple(name for name in unanswered if name not in ("hoe lang al", "uren per week"))
    extra = (
        (("Wat er wel is", "De organisatie kan de helper steunen. De VMCA helpt ook vrijwilligers."),)
        if tone is Tone.NO
        else (("Kijk opnieuw", "Als de zorg verandert, of over 3 maanden."),)
        if settled
        else ()
    )
    return Verdict(
        tone,
        title,
        lead,
        "Waarom",
        reasons_of(answers),
        ""
        if heavy
        else "Verwijs, of bel samen de VMCA:"
        if tone is not Tone.NO
        else "Twijfelt u aan deze uitkomst? Bel de VMCA:",
        None if heavy else NO_NUMBER if tone is Tone.NO else CENTRE,
        extra,
        "Dit nemen wij aan" if tone is Tone.YES_PROVISIONAL else "",
        (Reason("De helper is niet betaald.", ("betaald",)),)
        if tone is Tone.YES_PROVISIONAL and "betaald" not in answers
        else (),
        "Wat nog open is",
        "De open vragen veranderen de uitkomst niet meer." if settled else "",
        "Kan de uitkomst veranderen:",
        () if settled else weighs,
        "Verandert niets:",
        tuple(unanswered) if settled else tuple(set(unanswered) - set(weighs)),
        short,
    )


def reasons_of(answers: Answers) -> tuple[Reason, ...]:
    given = {
        "reden": "Hulp nodig door ziekte of beperking.",
        "meer_dan_gewoon": "Meer dan gewoon: bij gezondheid was dit bijna niet nodig.",
        "relatie": "Er was al een band.",
        "band_vooraf": "Zij leerden elkaar kennen door het helpen.",
    }
    return tuple(Reason(said, (fact,)) for fact, said in given.items() if fact in answers)[:3]


def marked(asked: Row, answers: Answers, tone: Tone) -> Row:
    mark, said = RowMark.NONE, ""
    if tone is Tone.CONTRADICTION and asked.fact == "reden":
        mark, said = RowMark.CONFLICT, "past niet samen"
    elif asked.fact in answers or not answers:
        pass
    elif tone in (Tone.YES, Tone.MAYBE, Tone.NO):
        scheme = asked.fact in ("sinds", "uren")
        mark, said = (
            (RowMark.SCHEME_ONLY, "alleen voor de waardering") if scheme else (RowMark.SETTLED, "hoeft niet meer")
        )
    elif asked.fact == next((fact for fact in NAMES if fact not in answers), ""):
        mark, said = RowMark.FIRST, "vraag dit eerst"
    elif tone is Tone.YES_PROVISIONAL and asked.fact == "betaald":
        mark, said = RowMark.ASSUMED, "aangenomen"
    return Row(asked.fact, asked.ask, asked.options, asked.multiple, asked.unknown, asked.help, asked.say, mark, said)


def sections_of(answers: Answers, tone: Tone, odd: bool) -> tuple[Section, ...]:
    bond = (RELATION, BEFORE) if answers.get("relatie") in (("via-werk",), ("vriend-buur",)) else (RELATION,)
    cards = (
        Section("band", "De band", bond),
        Section("hulp", "De hulp", (REASON, MORE, NEEDED, SINCE, HOURS)),
        Section("geld", "Geld en organisatie", (PAID, ORGANISED)),
        Section(
            "helper", "De helper", (STRAIN,), LATER, "Meer: volhouden, gevolgen, andere hulp, leeftijd, woonplaats"
        ),
    )
    if odd:
        cards = (Section("odd", ODD, (row("odd", ODD, f"a={ODD}", "b=ja"),)), *cards)
    return tuple(
        Section(card.id, card.title, tuple(marked(one, answers, tone) for one in card.rows), card.more, card.more_title)
        for card in cards
    )


def documents_of(answers: Answers, chrome: Chrome, tone: Tone) -> tuple[Document, ...]:
    if not answers:
        return ()
    short = TITLES[tone][2].lower()
    record = "\n".join(
        (
            f"S  Helpt {', '.join(answers.get('relatie', ('iemand',)))}.",
            f"E  Mantelzorg: {short}.",
            "E  Signalen (anamnestisch): geen genoemd.",
            "P  VMCA aanbieden; kaart meegeven.",
            "(Is dit mantelzorg?, regels 2026.1; hulpmiddel, geen besluit)",
        )
    )
    letter = "\n".join(
        (
            "Verwijzing mantelzorgondersteuning",
            f"Uitkomst: {short}",
            f"Wens: {chrome.wish or 'niet gevraagd'}",
            f"Eigen woorden: {chrome.own_words or '-'}",
        )
    )
    sheet = "Wat u doet, heet mantelzorg.\nWat kunt u doen? Bel de VMCA: 036 534 8600."
    return (
        Document(
            "record",
            "Dossier",
            "Kopieer dossiertekst",
            record,
            warning="" if chrome.with_whom != "naaste" else "Noteer dit niet in het dossier van de naaste.",
        ),
        Document(
            "letter",
            "Verwijzing",
            "Kopieer verwijzing",
            letter if chrome.consent else "",
            warning="" if chrome.consent else "Nog geen toestemming. Niet versturen.",
            file_stem="verwijzing",
            pdf=letter.encode if chrome.consent else None,
            docx=letter.encode if chrome.consent else None,
            rows=LETTER_ROWS,
            consent_label="De mantelzorger weet wat er in dit bericht staat en vindt het goed dat de VMCA belt.",
            own_words_label="In eigen woorden (mag leeg blijven)",
            own_words_help="Geen namen of medische gegevens.",
        ),
        Document(
            "sheet",
            "Meegeven",
            "Kopieer kaart",
            sheet,
            file_stem="meegeven",
            pdf=sheet.encode,
            neutral_label="Neutrale versie, zonder zin over zwaarte",
        ),
    )


def make_screen(answers: Answers, chrome: Chrome, odd: bool = False) -> Screen:
    tone = tone_of(answers)
    heavy = answers.get("belasting") == ("te",)
    support = Support(
        "Eerst steun",
        "De helper zegt dat het te zwaar is. Bel vandaag samen de VMCA of de huisarts.",
        "Direct gevaar? Bel 112.",
        CENTRE,
    )
    lines = (
        (Line("Signalen", "Nu bellen.", "Vindt het te zwaar. Dit zegt de helper zelf. Het is geen meting."),)
        if heavy
        else ()
    )
    if answers:
        lines += (Line("Waardering Almere", "Onbekend.", "Vraag nog: hoe lang al."),)
    verdict = verdict_of(answers, tone)
    return Screen(
        language=chrome.language,
        with_whom=WITH_WHOM,
        sections=sections_of(answers, tone, odd),
        verdict=verdict,
        guide=None if answers else GUIDE,
        support=support if heavy else None,
        lines=lines,
        documents=documents_of(answers, chrome, tone),
        sources_title="Waarom deze regels? 2 bronnen",
        sources=SOURCES,
        version="Regels 2026.1, 21-11-2026. Hulpmiddel, geen besluit.",
        safety="Twijfel over veiligheid? Overleg met de aandachtsfunctionaris of Veilig Thuis (0800 2000).",
        announcement=f"{verdict.title} {verdict.settled}".strip(),
    )
