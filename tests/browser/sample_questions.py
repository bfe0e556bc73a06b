"""The sample questions, letters' rows and sources, with the texts of the real ones."""

from __future__ import annotations

from mantelzorg.web.view import Contact, Guide, Option, Row, Source, Tone

ODD = "*_x_* [a](http://b.nl) `c` $d$ :smile: <b>e</b> #f \\ www.g.nl h@i.nl -> :red[j]"
CENTRE = Contact("VMCA", "036 534 8600", "maandag t/m vrijdag 9.00 - 17.00 uur")
NO_NUMBER = Contact("VMCA", missing="telefoonnummer nog niet ingevuld")


def options(*pairs: str) -> tuple[Option, ...]:
    return tuple(Option(*pair.split("=", 1)) for pair in pairs)


def row(fact: str, ask: str, *pairs: str, multiple: bool = False, say: str = "") -> Row:
    unknown = "" if multiple else "niet bekend"
    return Row(fact, ask, options(*pairs), multiple=multiple, unknown=unknown, say=say)


RELATION = row(
    "relatie",
    "Voor wie zorgt de helper?",
    "partner=partner",
    "ouder=ouder",
    "kind=kind",
    "broer-zus=broer of zus",
    "familie=andere familie",
    "vriend-buur=vriend of buur",
    "via-werk=via werk of vrijwilligerswerk",
    say="U zorgt voor iemand. Wie is dat voor u?",
)
BEFORE = row("band_vooraf", "Kenden zij elkaar al voor de hulp begon?", "ja=ja", "nee=nee, door het helpen")
REASON = row(
    "reden",
    "Waardoor is hulp nodig?",
    "ziek=lang ziek",
    "beperking=beperking",
    "psychisch=psychisch",
    "verslaving=verslaving",
    "dementie=dementie",
    "ouderdom=ouderdom",
    "herstel=herstelt weer",
    "geen=geen ziekte of beperking",
    multiple=True,
    say="Waarom is er hulp nodig?",
)
MORE = row(
    "meer_dan_gewoon",
    "Zou de helper dit ook doen als de naaste gezond was?",
    "ja=ja, vrijwel alles",
    "deels=deels",
    "nee=nee, bijna niets",
    say="Wat doet u nu, wat u vroeger niet hoefde te doen?",
)
NEEDED = row(
    "onmisbaar",
    "Wat gebeurt er als de helper een week wegvalt?",
    "redt=naaste redt zich",
    "lastig=lastig, maar er is iemand",
    "mis=gaat mis",
    say="En als u een week griep hebt, wie doet het dan?",
)
SINCE = row("sinds", "Hoe lang al?", "kort=korter dan 3 maanden", "lang=3 maanden of langer", "wisselt=komt en gaat")
HOURS = row(
    "uren", "Uren per week, gemiddeld?", "4=minder dan 4", "8=4 t/m 8", "meer=meer dan 8", "altijd=dag en nacht"
)
PAID = row("betaald", "Krijgt de helper er geld voor?", "nee=nee", "onkosten=alleen onkosten", "pgb=pgb", "loon=loon")
ORGANISED = row(
    "organisatie",
    "Namens een organisatie?",
    "nee=nee",
    "vrijwilliger=als vrijwilliger",
    "beroep=als beroepskracht of stagiair",
)
STRAIN = row(
    "belasting",
    "Hoe gaat het met de helper zelf?",
    "goed=goed",
    "soms=soms zwaar",
    "vaak=vaak zwaar",
    "te=te zwaar",
    say="Hoe gaat het eigenlijk met ú?",
)
LATER = (
    row(
        "volhouden",
        "Hoe lang nog vol te houden?",
        "jaar=jaar of langer",
        "maanden=maanden",
        "weken=weken",
        "niet=nu al niet meer",
    ),
    row(
        "gevolgen",
        "Welke gevolgen noemt de helper?",
        "slaap=slaapt slecht",
        "klachten=eigen klachten",
        "werk=minder werk",
        "geld=geldzorgen",
        multiple=True,
    ),
    row(
        "wie_nog",
        "Wie helpt nog meer?",
        "niemand=niemand",
        "familie=familie of vrienden",
        "zorg=thuiszorg",
        "dag=dagopvang",
        multiple=True,
    ),
    row("leeftijd", "Leeftijd helper?", "jong=jonger dan 18", "18=18 t/m 24", "25=25 of ouder"),
    row("woonplaats", "Woont de naaste in Almere?", "ja=ja", "nee=nee"),
)
WITH_WHOM = Row(
    "aanwezig",
    "Met wie bespreekt u dit?",
    options("helper=de helper", "naaste=de naaste", "allebei=allebei", "niemand=niemand"),
)
LETTER_ROWS = (
    row(
        "wish",
        "Wat wil de helper?",
        "gebeld=gebeld worden",
        "zelf=zelf bellen",
        "denken=eerst nadenken",
        "geen=geen contact",
        "gevraagd=nog niet gevraagd",
    ),
    row("tolk", "Taal en tolk", "nl=Nederlands", "anders=andere taal, geen tolk", "tolk=tolk nodig"),
    row("moment", "Beste moment", "ochtend=ochtend", "middag=middag", "avond=avond", multiple=True),
    row("voicemail", "Mag er een bericht worden ingesproken?", "ja=ja", "nee=nee, de naaste luistert mee"),
    row(
        "gedaan",
        "Al gedaan of afgesproken",
        "kaart=kaart gegeven",
        "nummer=nummer gegeven",
        "afspraak=nieuwe afspraak",
        multiple=True,
    ),
)
SOURCES = (
    Source(
        "Wet maatschappelijke ondersteuning 2015, artikel 1.1.1",
        "Mantelzorg volgt uit een sociale relatie en is geen beroep. De wet noemt geen uren of maanden.",
        "https://wetten.overheid.nl/BWBR0035362/",
        "2015",
        "21-11-2026",
    ),
    Source(
        "Waardering mantelzorg Almere",
        "De gemeente vraagt meer dan 3 maanden en meer dan 8 uur per week.",
        "https://www.almere.nl/",
        "2025",
        "21-11-2026",
    ),
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
    "relatie": "voor wie de hulp is",
    "reden": "waardoor hulp nodig is",
    "meer_dan_gewoon": "ook als de naaste gezond was",
    "onmisbaar": "een week zonder de helper",
    "betaald": "geld voor de hulp",
    "organisatie": "namens een organisatie",
    "sinds": "hoe lang al",
    "uren": "uren per week",
}
TITLES = {
    Tone.YES: ("Ja, dit is mantelzorg.", "Verwijzen kan, ook als het nu goed gaat.", "Ja"),
    Tone.YES_PROVISIONAL: ("Voorlopig: ja.", "Dit lijkt mantelzorg.", "Voorlopig: ja"),
    Tone.MAYBE: (
        "Twijfel. Dit kan mantelzorg zijn.",
        "Er is een pgb, maar het is meer dan gewoon. Verwijzen mag.",
        "Twijfel",
    ),
    Tone.MAYBE_PROVISIONAL: ("Voorlopig: twijfel.", "Dit kan mantelzorg zijn.", "Voorlopig: twijfel"),
    Tone.OPEN: ("Nog niet te zeggen.", "Eén antwoord geeft de doorslag: waardoor hulp nodig is.", "Nog niet te zeggen"),
    Tone.NO: ("Dit valt niet onder mantelzorg.", "Het heet vrijwilligerswerk.", "Geen mantelzorg"),
    Tone.CONTRADICTION: (
        "Twee antwoorden passen niet samen.",
        "Kijk ze samen na. Daarna volgt de uitkomst.",
        "Antwoorden botsen",
    ),
}
