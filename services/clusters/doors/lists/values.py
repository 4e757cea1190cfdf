"""What people write into a cell for one of a few words, in the languages of the house: folded, without signs."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from kit.languages import LANGUAGES
from services.clusters.doors.lists.columns import plain

IN_WORDS = ("en", "cs", "ar", "hu", "he")
STAFF_ROLES = {
    "teacher": "teacher ucitel ucitelka ucitelucitelka ucitelka pedagog tanar pedagogus tanarno nastavnik nastavnica "
    "insegnante docente professor professora lehrer lehrerin معلم معلمة المعلم مدرس مدرسة מורה",
    "coordinator": "coordinator koordinator koordinatorka koordinatorkoordinatorka iskolaikoordinator koordinatorno "
    "coordinatore coordinatrice coordenador coordenadora منسق منسقة المنسق רכז רכזת",
    "head": "head headteacher principal director vedeniskoly reditel reditelka reditelreditelka igazgato ravnatelj "
    "ravnateljica preside dirigente dirigentescolastico diretor diretora schulleiter schulleiterin مدير مديرة المدير "
    "مديرالمدرسة مديرةالمدرسة מנהל מנהלת",
}
SCHOOL_ROLES = {
    "mentor": "mentor mentorschool mentorskaskola mentorujiciskola mentoriskola mentoralo scuolamentore escolamentora "
    "مرشد المدرسةالمرشدة مدرسةمرشدة מנטור ביתספרמנטור חונך",
    "mentee": "mentee menteeschool mentorovanaskola mentorovana mentoraltiskola mentoralt menti scuolamentee "
    "escolamentorada مسترشد مدرسةمسترشدة المدرسةالمسترشدة חניך ביתספרחניך ביתספרבליווי",
    "lab": "lab learninglab laborator vyukovalaborator ucebnilaborator tanulolabor labor laboratorio "
    "مختبر مختبرالتعلم مختبرتعلم מעבדה מעבדתלמידה tanulasilabor",
}
APPROACHES = {
    "top_down": "topdown setupbytheministry ministry ministerstvo zrizujeministerstvo zaloziloministerstvo shora "
    "ministerium miniszterium felulrol ministero ministerio انشاتهاالوزارة الوزارة منالاعلى משרדהחינוך "
    "מלמעלה aminiszteriumalapitotta הוקםעלידימשרדהחינוך "
    "ledbyitsministry vedehoministerstvo aminiszteriumvezeti בהובלתמשרדהחינוך تقودهاالوزارة",
    "bottom_up": "bottomup setupbyitsschools schools skoly zalozilyskoly zrizujijejiskoly zdola iskolak alulrol "
    "scuole escolas المدارس انشاتهامدارسها منالاسفل בתיספר מלמטה "
    "aziskolakalapitottak הוקםעלידיבתיהספר "
    "ledbyitsschools vedouhoskoly aziskolaivezetik בהובלתבתיהספר تقودهامدارسها",
}


# As people write them, besides their names and codes.
USUAL_COUNTRIES = {
    "CZ": ("Czech Republic", "Česká republika", "ČR", "CZE"),
    "SK": ("Slovak Republic", "Slovenská republika", "SR", "SVK"),
    "HU": ("Magyar Köztársaság", "HUN"),
    "HR": ("Republika Hrvatska", "HRV"),
    "PT": ("PRT",),
    "IT": ("ITA",),
    "BE": ("BEL",),
}


def meant(cell: str, words: Mapping[str, str]) -> str | None:
    """The word that this cell means; None where it means none."""
    written = plain(cell)
    return next((word for word, ways in words.items() if written == plain(word) or written in ways.split()), None)


def language_meant(cell: str) -> str | None:
    """The tag of a language that is written as such, or by its name in one of the languages of the house."""
    tag = cell.strip().lower().partition("-")[0]
    return tag if tag in LANGUAGES else _languages().get(plain(cell))


@cache
def _languages() -> dict[str, str]:
    called = {plain(language.name): tag for tag, language in LANGUAGES.items()}
    for spoken in IN_WORDS:
        names = Locale.parse(spoken).languages
        called |= {plain(names[tag]): tag for tag in LANGUAGES if tag in names}
    return called


def country_meant(cell: str) -> str | None:
    """The code of a country that is written as such, or by its name in one of the languages of the house."""
    code = cell.strip().upper()
    return code if code in _countries().values() else _countries().get(plain(cell))


@cache
def _countries() -> dict[str, str]:
    called = {plain(name): code for code, names in USUAL_COUNTRIES.items() for name in names}
    for spoken in LANGUAGES:
        names = Locale.parse(spoken, sep="-").territories
        called |= {plain(name): code for code, name in names.items() if len(code) == 2}
    return called
