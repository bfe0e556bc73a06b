"""Screens to look at and to test with: a small stand-in for the real rules, with their kind of texts."""

from __future__ import annotations

from mantelzorg.web.view import (
    Answers,
    Chrome,
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

ODD = "*_x_* [a](http://b.nl) `c` $d$ :smile: <b>e</b> #f \\ www.g.nl h@i.nl -> :red[j]"
CENTRE = Contact("VMCA", "036 534 8600", "maandag t/m vrijdag 9.00 - 17.00 uur")
NO_NUMBER = Contact("VMCA", missing="telefoonnummer nog niet ingevuld")


def options(*pairs: str) -> tuple[Option, ...]:
    return tuple(Option(*pair.split("=", 1)) for pair in pairs)


def row(fact: str, ask: str, *pairs: str, multiple: bool = False, say: str = "") -> Row:
    unknown = "" if multiple else "niet bekend"
    return Row(fact, ask, options(*pairs), multiple=multiple, unknown=unknown, say=say)


RELATION = row(
    "relatie", "Voor wie zorgt de helper?", "partner=partner", "ouder=ouder", "kind=kind",
    "broer-zus=broer of zus", "familie=andere familie", "vriend-buur=vriend of buur",
    "via-werk=via werk of vrijwilligerswerk",
    say="U zorgt voor iemand. Wie is dat voor u?",
)
BEFORE = row("band_vooraf", "Kenden zij elkaar al voor de hulp begon?", "ja=ja", "nee=nee, door het helpen")
REASON = row(
    "reden", "Waardoor is hulp nodig?", "ziek=lang ziek", "beperking=beperking", "psychisch=psychisch",
    "verslaving=verslaving", "dementie=dementie", "ouderdom=ouderdom", "herstel=herstelt weer",
    "geen=geen ziekte of beperking", multiple=True, say="Waarom is er hulp nodig?",
)
MORE = row(
    "meer_dan_gewoon", "Zou de helper dit ook doen als de naaste gezond was?", "ja=ja, vrijwel alles",
    "deels=deels", "nee=nee, bijna niets", say="Wat doet u nu, wat u vroeger niet hoefde te doen?",
)
NEEDED = row(
    "onmisbaar", "Wat gebeurt er als de helper een week wegvalt?", "redt=naaste redt zich",
    "lastig=lastig, maar er is iemand", "mis=gaat mis",
    say="En als u een week griep hebt, wie doet het dan?",
)
SINCE = row("sinds", "Hoe lang al?", "kort=korter dan 3 maanden", "lang=3 maanden of langer", "wisselt=komt en gaat")
HOURS = row("uren", "Uren per week, gemiddeld?", "4=minder dan 4", "8=4 t/m 8", "meer=meer dan 8", "altijd=dag en nacht")
PAID = row("betaald", "Krijgt de helper er geld voor?", "nee=nee", "onkosten=alleen onkosten", "pgb=pgb", "loon=loon")
ORGANISED = row(
    "organisatie", "Namens een organisatie?", "nee=nee", "vrijwilliger=als vrijwilliger",
    "beroep=als beroepskracht of stagiair",
)
STRAIN = row(
    "belasting", "Hoe gaat het met de helper zelf?", "goed=goed", "soms=soms zwaar", "vaak=vaak zwaar",
    "te=te zwaar", say="Hoe gaat het eigenlijk met ú?",
)
LATER = (
    row("volhouden", "Hoe lang nog vol te houden?", "jaar=jaar of langer", "maanden=maanden", "weken=weken", "niet=nu al niet meer"),
    row("gevolgen", "Welke gevolgen noemt de helper?", "slaap=slaapt slecht", "klachten=eigen klachten", "werk=minder werk", "geld=geldzorgen", multiple=True),
    row("wie_nog", "Wie helpt nog meer?", "niemand=niemand", "familie=familie of vrienden", "zorg=thuiszorg", "dag=dagopvang", multiple=True),
    row("leeftijd", "Leeftijd helper?", "jong=jonger dan 18", "18=18 t/m 24", "25=25 of ouder"),
    row("woonplaats", "Woont de naaste in Almere?", "ja=ja", "nee=nee"),
)
WITH_WHOM = Row("aanwezig", "Met wie bespreekt u dit?", options("helper=de helper", "naaste=de naaste", "allebei=allebei", "niemand=niemand"))
LETTER_ROWS = (
    row("wish", "Wat wil de helper?", "gebeld=gebeld worden", "zelf=zelf bellen", "denken=eerst nadenken", "geen=geen contact", "gevraagd=nog niet gevraagd"),
    row("tolk", "Taal en tolk", "nl=Nederlands", "anders=andere taal, geen tolk", "tolk=tolk nodig"),
    row("moment", "Beste moment", "ochtend=ochtend", "middag=middag", "avond=avond", multiple=True),
    row("voicemail", "Mag er een bericht worden ingesproken?", "ja=ja", "nee=nee, de naaste luistert mee"),
    row("gedaan", "Al gedaan of afgesproken", "kaart=kaart gegeven", "nummer=nummer gegeven", "afspraak=nieuwe afspraak", multiple=True),
)
SOURCES = (
    Source("Wet maatschappelijke ondersteuning 2015, artikel 1.1.1", "Mantelzorg volgt uit een sociale relatie en is geen beroep. De wet noemt geen uren of maanden.", "https://wetten.overheid.nl/BWBR0035362/", "2015", "21-11-2026"),
    Source("Waardering mantelzorg Almere", "De gemeente vraagt meer dan 3 maanden en meer dan 8 uur per week.", "https://www.almere.nl/", "2025", "21-11-2026"),
)
GUIDE = Guide(
    (
        ("Is dit mantelzorg?", "Zonder minimum aan uren of maanden."),
        ("Past de waardering van de gemeente?", "Die heeft eigen eisen."),
        ("Is er steun nodig, en hoe snel?", "Steun wacht niet op het etiket."),
    ),
    "Hier komen straks de teksten voor dossier, verwijzing en meegeven.",
)
NAMES = {
    "relatie": "voor wie de hulp is", "reden": "waardoor hulp nodig is", "meer_dan_gewoon": "ook als de naaste gezond was",
    "onmisbaar": "een week zonder de helper", "betaald": "geld voor de hulp", "organisatie": "namens een organisatie",
    "sinds": "hoe lang al", "uren": "uren per week",
}
TITLES = {
    Tone.YES: ("Ja, dit is mantelzorg.", "Verwijzen kan, ook als het nu goed gaat.", "Ja"),
    Tone.YES_PROVISIONAL: ("Voorlopig: ja.", "Dit lijkt mantelzorg.", "Voorlopig: ja"),
    Tone.MAYBE: ("Twijfel. Dit kan mantelzorg zijn.", "Er is een pgb, maar het is meer dan gewoon. Verwijzen mag.", "Twijfel"),
    Tone.MAYBE_PROVISIONAL: ("Voorlopig: twijfel.", "Dit kan mantelzorg zijn.", "Voorlopig: twijfel"),
    Tone.OPEN: ("Nog niet te zeggen.", "Eén antwoord geeft de doorslag: waardoor hulp nodig is.", "Nog niet te zeggen"),
    Tone.NO: ("Dit valt niet onder mantelzorg.", "Het heet vrijwilligerswerk.", "Geen mantelzorg"),
    Tone.CONTRADICTION: ("Twee antwoorden passen niet samen.", "Kijk ze samen na. Daarna volgt de uitkomst.", "Antwoorden botsen"),
}


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
        return Verdict(tone, "Nog niet te zeggen.", "Kies links wat u al weet. De uitkomst verschijnt vanzelf.", short="Nog niet te zeggen")
    title, lead, short = TITLES[tone]
    heavy = answers.get("belasting") == ("te",)
    settled = tone in (Tone.YES, Tone.MAYBE, Tone.NO)
    unanswered = [name for fact, name in NAMES.items() if fact not in answers]
    weighs = tuple(name for name in unanswered if name not in ("hoe lang al", "uren per week"))
    extra = (("Wat er wel is", "De organisatie kan de helper steunen. De VMCA helpt ook vrijwilligers."),) if tone is Tone.NO else (("Kijk opnieuw", "Als de zorg verandert, of over 3 maanden."),) if settled else ()
    return Verdict(
        tone, title, lead, "Waarom", reasons_of(answers), "" if heavy else "Verwijs, of bel samen de VMCA:" if tone is not Tone.NO else "Twijfelt u aan deze uitkomst? Bel de VMCA:",
        None if heavy else NO_NUMBER if tone is Tone.NO else CENTRE, extra,
        "Dit nemen wij aan" if tone is Tone.YES_PROVISIONAL else "",
        (Reason("De helper is niet betaald.", ("betaald",)),) if tone is Tone.YES_PROVISIONAL and "betaald" not in answers else (),
        "Wat nog open is", "De open vragen veranderen de uitkomst niet meer." if settled else "",
        "Kan de uitkomst veranderen:", () if settled else weighs,
        "Verandert niets:", tuple(unanswered) if settled else tuple(set(unanswered) - set(weighs)), short,
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
        mark, said = (RowMark.SCHEME_ONLY, "alleen voor de waardering") if scheme else (RowMark.SETTLED, "hoeft niet meer")
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
        Section("helper", "De helper", (STRAIN,), LATER, "Meer: volhouden, gevolgen, andere hulp, leeftijd, woonplaats"),
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
    record = f"S  Helpt {', '.join(answers.get('relatie', ('iemand',)))}.\nE  Mantelzorg: {TITLES[tone][2].lower()}.\nE  Signalen (anamnestisch): geen genoemd.\nP  VMCA aanbieden; kaart meegeven.\n(Is dit mantelzorg?, regels 2026.1; hulpmiddel, geen besluit)"
    letter = f"Verwijzing mantelzorgondersteuning\nUitkomst: {TITLES[tone][2].lower()}\nWens: {chrome.wish or 'niet gevraagd'}\nEigen woorden: {chrome.own_words or '-'}"
    sheet = "Wat u doet, heet mantelzorg.\nWat kunt u doen? Bel de VMCA: 036 534 8600."
    return (
        Document("record", "Dossier", "Kopieer dossiertekst", record, warning="" if chrome.with_whom != "naaste" else "Noteer dit niet in het dossier van de naaste."),
        Document(
            "letter", "Verwijzing", "Kopieer verwijzing", letter if chrome.consent else "",
            warning="" if chrome.consent else "Nog geen toestemming. Niet versturen.",
            file_stem="verwijzing", pdf=letter.encode if chrome.consent else None, docx=letter.encode if chrome.consent else None,
            rows=LETTER_ROWS, consent_label="De mantelzorger weet wat er in dit bericht staat en vindt het goed dat de VMCA belt.",
            own_words_label="In eigen woorden (mag leeg blijven)", own_words_help="Geen namen of medische gegevens.",
        ),
        Document("sheet", "Meegeven", "Kopieer kaart", sheet, file_stem="meegeven", pdf=sheet.encode, neutral_label="Neutrale versie, zonder zin over zwaarte"),
    )


def make_screen(answers: Answers, chrome: Chrome, odd: bool = False) -> Screen:
    tone = tone_of(answers)
    heavy = answers.get("belasting") == ("te",)
    support = Support("Eerst steun", "De helper zegt dat het te zwaar is. Bel vandaag samen de VMCA of de huisarts.", "Direct gevaar? Bel 112.", CENTRE)
    lines = (Line("Signalen", "Nu bellen.", "Vindt het te zwaar. Dit zegt de helper zelf. Het is geen meting."),) if heavy else ()
    if answers:
        lines += (Line("Waardering Almere", "Onbekend.", "Vraag nog: hoe lang al."),)
    verdict = verdict_of(answers, tone)
    return Screen(
        language=chrome.language, with_whom=WITH_WHOM, sections=sections_of(answers, tone, odd), verdict=verdict,
        guide=None if answers else GUIDE, support=support if heavy else None, lines=lines,
        documents=documents_of(answers, chrome, tone), sources_title="Waarom deze regels? 2 bronnen", sources=SOURCES,
        version="Regels 2026.1, 21-11-2026. Hulpmiddel, geen besluit.",
        safety="Twijfel over veiligheid? Overleg met de aandachtsfunctionaris of Veilig Thuis (0800 2000).",
        announcement=f"{verdict.title} {verdict.settled}".strip(),
    )
