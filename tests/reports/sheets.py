"""What the sheet to take home is given in each of its languages, with texts as long as real ones.

The translations are for these tests only; nobody who speaks the language has read them.
"""

from __future__ import annotations

from typing import Any

ICONS = ("talk", "relief", "arrange", "meet")

_WORDS: dict[str, dict[str, str]] = {
    "nl": {
        "why": "Waarom?",
        "call": "Wat kunt u doen? Bel de Mantelzorglijn.",
        "bring": "U mag ook iemand meenemen.",
        "say": "Wat kunt u zeggen?",
        "ask_about": "Waar kunt u naar vragen?",
        "other_numbers": "Andere nummers",
        "urgent": "Bij spoed: 112. Anders: de huisarts.",
        "too_heavy": "Wordt het te zwaar?",
        "too_heavy_text": "Bel uw huisarts. Is er direct gevaar? Bel 112.",
        "again": "Kijk opnieuw als …",
        "not_reviewed": "Deze vertaling is nog niet nagekeken door een spreker.",
    },
    "en": {
        "why": "Why?",
        "call": "What can you do? Call the Mantelzorglijn.",
        "bring": "You may bring somebody.",
        "say": "What can you say?",
        "ask_about": "What can you ask about?",
        "other_numbers": "Other numbers",
        "urgent": "In an emergency: 112. Otherwise: the GP.",
        "too_heavy": "Is it getting too much?",
        "too_heavy_text": "Call your GP. Is there immediate danger? Call 112.",
        "again": "Look again when …",
        "not_reviewed": "This translation has not yet been checked by a speaker.",
    },
    "tr": {
        "why": "Neden?",
        "call": "Ne yapabilirsiniz? Mantelzorglijn’i arayın.",
        "bring": "Yanınızda birini de getirebilirsiniz.",
        "say": "Ne söyleyebilirsiniz?",
        "ask_about": "Neleri sorabilirsiniz?",
        "other_numbers": "Diğer numaralar",
        "urgent": "Acil durumda: 112. Diğer durumlarda: aile hekiminiz.",
        "too_heavy": "Çok mu ağır geliyor?",
        "too_heavy_text": "Aile hekiminizi arayın. Acil bir tehlike mi var? 112’yi arayın.",
        "again": "Şu durumda tekrar bakın …",
        "not_reviewed": "Bu çeviri henüz bu dili konuşan biri tarafından kontrol edilmedi.",
    },
    "ar": {
        "why": "لماذا؟",
        "call": "ماذا يمكنك أن تفعل؟ اتصل بـ Mantelzorglijn.",
        "bring": "يمكنك إحضار شخص معك.",
        "say": "ماذا يمكنك أن تقول؟",
        "ask_about": "عمّ يمكنك أن تسأل؟",
        "other_numbers": "أرقام أخرى",
        "urgent": "في الحالات الطارئة: 112. غير ذلك: طبيب الأسرة.",
        "too_heavy": "أصبح الأمر ثقيلًا؟",
        "too_heavy_text": "اتصل بطبيب الأسرة. هل هناك خطر مباشر؟ اتصل بالرقم 112.",
        "again": "انظر من جديد إذا …",
        "not_reviewed": "لم يراجع هذه الترجمة بعد متحدث بهذه اللغة.",
    },
    "pl": {
        "why": "Dlaczego?",
        "call": "Co można zrobić? Proszę zadzwonić do Mantelzorglijn.",
        "bring": "Można też przyjść z kimś bliskim.",
        "say": "Co można powiedzieć?",
        "ask_about": "O co można zapytać?",
        "other_numbers": "Inne numery",
        "urgent": "W nagłych wypadkach: 112. W innych: lekarz rodzinny.",
        "too_heavy": "Robi się za ciężko?",
        "too_heavy_text": "Proszę zadzwonić do lekarza rodzinnego. Bezpośrednie zagrożenie? Proszę dzwonić pod 112.",
        "again": "Proszę sprawdzić ponownie, gdy …",
        "not_reviewed": "Tego tłumaczenia nie sprawdziła jeszcze osoba mówiąca po polsku.",
    },
    "uk": {
        "why": "Чому?",
        "call": "Що ви можете зробити? Зателефонуйте на Mantelzorglijn.",
        "bring": "Ви також можете взяти когось із собою.",
        "say": "Що ви можете сказати?",
        "ask_about": "Про що ви можете запитати?",
        "other_numbers": "Інші номери",
        "urgent": "У терміновому випадку: 112. Інакше: сімейний лікар.",
        "too_heavy": "Стає занадто важко?",
        "too_heavy_text": "Зателефонуйте сімейному лікарю. Є безпосередня небезпека? Телефонуйте 112.",
        "again": "Перевірте знову, якщо …",
        "not_reviewed": "Цей переклад ще не перевірив носій мови.",
    },
}

# Title, text, three reasons, what to say, when to look again, hours and four offers.
_YES: dict[str, tuple[str, ...]] = {
    "nl": (
        "Wat u doet, heet mantelzorg.",
        "U hoeft niets te bewijzen. Er is hulp voor u, ook als het nu goed gaat.",
        "U helpt uw vader of moeder.",
        "Uw vader of moeder heeft hulp nodig door vergeetachtigheid of dementie.",
        "Zonder u gaat het mis.",
        "Ik zorg voor mijn vader of moeder. Ik wil weten welke hulp er is.",
        "er thuis iets verandert, of de hulp meer wordt.",
        "Maandag tot en met vrijdag, 9 tot 17 uur.",
        *("Praten", "Iemand neemt het even over", "Hulp bij regelen", "Anderen ontmoeten"),
    ),
    "en": (
        "What you do is called informal care.",
        "You do not have to prove anything. There is support for you, even if you are fine now.",
        "You help your mother or father.",
        "Your mother or father needs help because of memory loss or dementia.",
        "Without you it goes wrong.",
        "I look after my mother or father. I would like to know what support there is.",
        "something changes at home, or the help increases.",
        "Monday to Friday, 9 to 17.",
        *("Talking", "Somebody takes over for a while", "Help with arranging", "Meeting others"),
    ),
    "tr": (
        "Yaptığınız iş, yakınına bakım (mantelzorg) sayılır.",
        "Hiçbir şeyi kanıtlamanız gerekmez. Şu an her şey iyi gitse de sizin için yardım var.",
        "Annenize veya babanıza yardım ediyorsunuz.",
        "Annenizin veya babanızın unutkanlık ya da demans nedeniyle yardıma ihtiyacı var.",
        "Siz olmadan işler yolunda gitmez.",
        "Anneme veya babama bakıyorum. Hangi yardımların olduğunu öğrenmek istiyorum.",
        "evde bir şey değişirse ya da yardımınız artarsa.",
        "Pazartesiden cumaya, saat 9’dan 17’ye kadar.",
        *("Konuşmak", "Biri kısa süre yerinizi alır", "Evrak işlerinde yardım", "Başkalarıyla tanışmak"),
    ),
    "ar": (
        "ما تقوم به يُسمّى رعاية أسرية (mantelzorg).",
        "لست بحاجة إلى إثبات أي شيء. هناك مساعدة لك، حتى لو كانت الأمور جيدة الآن.",
        "أنت تساعد والدك أو والدتك.",
        "يحتاج والدك أو والدتك إلى المساعدة بسبب النسيان أو الخرف.",
        "من دونك لن تسير الأمور.",
        "أنا أعتني بوالدي أو والدتي. أريد أن أعرف ما المساعدة المتاحة.",
        "تغيّر شيء في البيت، أو أصبحت تساعد أكثر.",
        "من الاثنين إلى الجمعة، من 9 إلى 17.",
        *("الحديث مع شخص", "من يحلّ محلّك قليلًا", "مساعدة في الأوراق", "لقاء آخرين"),
    ),
    "pl": (
        "To, co Pani/Pan robi, to opieka nad bliskim (mantelzorg).",
        "Niczego nie trzeba udowadniać. Jest dla Pani/Pana pomoc, nawet jeśli teraz wszystko idzie dobrze.",
        "Pomaga Pani/Pan swojemu ojcu lub swojej matce.",
        "Ojciec lub matka potrzebuje pomocy z powodu zapominania lub demencji.",
        "Bez Pani/Pana będzie źle.",
        "Opiekuję się ojcem lub matką. Chcę wiedzieć, jaka pomoc jest dostępna.",
        "w domu coś się zmieni lub pomocy będzie więcej.",
        "Od poniedziałku do piątku, w godzinach 9–17.",
        *("Rozmowa", "Ktoś zastąpi na chwilę", "Pomoc w załatwianiu spraw", "Spotkania z innymi"),
    ),
    "uk": (
        "Те, що ви робите, називається доглядом за близьким (mantelzorg).",
        "Вам не потрібно нічого доводити. Для вас є допомога, навіть якщо зараз усе гаразд.",
        "Ви допомагаєте своєму батькові або матері.",
        "Батькові або матері потрібна допомога через забудькуватість або деменцію.",
        "Без вас не обійтися.",
        "Я доглядаю за батьком або матір’ю. Хочу знати, яка є допомога.",
        "вдома щось зміниться або допомоги стане більше.",
        "З понеділка до п’ятниці, з 9 до 17 години.",
        *("Поговорити", "Хтось вас ненадовго замінить", "Допомога з документами", "Зустрічі з іншими"),
    ),
}

# Title, text, reason and when to look again.
_NO: dict[str, tuple[str, str, str, str]] = {
    "nl": (
        "Dit heet geen mantelzorg. Uw hulp doet er wel toe.",
        "U doet veel thuis. Dit zijn taken die in elk huis voorkomen.",
        "U zou dit ook doen zonder ziekte of beperking.",
        "er door ziekte of beperking hulp bij komt.",
    ),
    "tr": (
        "Buna mantelzorg denmez. Yine de yardımınız önemlidir.",
        "Evde çok şey yapıyorsunuz. Bunlar her evde olan işlerdir.",
        "Hastalık veya engel olmasaydı da bunu yapardınız.",
        "hastalık veya engel nedeniyle daha fazla yardım gerekirse.",
    ),
    "ar": (
        "هذا لا يُسمّى رعاية أسرية. لكنّ مساعدتك مهمّة.",
        "أنت تفعل الكثير في البيت. هذه أعمال موجودة في كل بيت.",
        "كنت ستفعل هذا أيضًا من دون مرض أو إعاقة.",
        "زادت المساعدة بسبب مرض أو إعاقة.",
    ),
    "pl": (
        "To nie nazywa się mantelzorg. Pani/Pana pomoc jest jednak ważna.",
        "Robi Pani/Pan dużo w domu. To zadania, które są w każdym domu.",
        "Robiłaby to Pani / robiłby to Pan także bez choroby lub niepełnosprawności.",
        "z powodu choroby lub niepełnosprawności pomocy będzie więcej.",
    ),
    "uk": (
        "Це не називається mantelzorg. Проте ваша допомога важлива.",
        "Ви багато робите вдома. Це справи, які є в кожному домі.",
        "Ви робили б це і без хвороби чи інвалідності.",
        "через хворобу чи інвалідність допомоги стане більше.",
    ),
}

LANGUAGES = tuple(_WORDS)
OWN = tuple(_NO)[1:]
"""The languages that can stand beside Dutch, with a "no" too."""


def words(language: str) -> dict[str, str]:
    return dict(_WORDS[language])


def yes(language: str) -> dict[str, Any]:
    """A sheet that says "mantelzorg"."""
    title, text, *reasons, say, again, hours, _, _, _, _ = _YES[language]
    caregiver = {"title": title, "text": text, "reasons": reasons, "say": say, "again": again, "neutral": False}
    return {
        "caregiver": caregiver,
        "words": words(language),
        "contact": {"name": "Mantelzorglijn", "number": "030 760 60 55", "hours": hours, "missing": ""},
        "offers": [
            {"icon": icon, "label": label} for icon, label in zip(ICONS, _YES[language][-4:], strict=True)
        ],
        "footer": "Gemaakt met Is dit mantelzorg?, regels 2026.1, 22 november 2026. Hulpmiddel, geen besluit.",
    }  # fmt: skip


def no(language: str) -> dict[str, Any]:
    """A sheet that says "geen mantelzorg": one reason, and no sentence to say."""
    title, text, reason, again = _NO[language]
    told = {"title": title, "text": text, "reasons": [reason], "say": "", "again": again, "neutral": False}
    return yes(language) | {"caregiver": told}
