"""Which column of a list is what, by the headings that registers and people give them."""

import re
from collections.abc import Sequence

from kit.collation import folded

HEADING_WITHIN = 60
# Folded, without spaces and signs. Registers of Czechia, Hungary, Italy and Portugal; then words of languages.
HEADINGS: dict[str, str] = {
    "name": "nameoftheschool اسمالمدرسة المدرسة "
    "name schoolname school shortname zkraceny nazev nazevskoly skola redzkratka zkrnaz zarnaz nev "
    "intezmenyneve iskolaneve naziv nazivskole ime denominazionescuola denominazione nome "
    "nomedaescola escola schulname nom afeladatellatasihelymegnevezese الاسم",
    "official_name": "uredninazev "
    "officialname fullname plnynazev plnynaz rednazev urednynazev oficialninazev "
    "intezmenymegnevezese punnaziv denominazionecompleta الاسمالرسمي",
    "number": "numberintheregister cislovrejstriku الرقمفيالسجل رقمالمدرسة "
    "number id identifier schoolid code schoolcode redizo izo cisloskoly omazonosito om "
    "sifraustanove sifra codicescuola mim codice codigodgeecescola dgeec codigodaescola codigo sourcedid "
    "الرقم",
    "town": "البلدة المدينة "
    "town city place municipality obec mesto misto redmisto telepules varos "
    "afeladatellatasihelytelepulese mjesto grad descrizionecomune comune citta municipio concelho "
    "localidade ort stadt ville",
    "street": "postovniadresa العنوانالبريدي "
    "street address postaladdress ulice redulice adresa cim utca afeladatellatasihelypontoscime "
    "ulica indirizzoscuola indirizzo morada strasse adresse العنوان",
    "postcode": "postcode postalcode zip zipcode psc redpsc iranyitoszam afeladatellatasihelyiranyitoszama "
    "postanskibroj capscuola cap codigopostal plz codepostal الرمزالبريدي",
    "website": "الموقعالالكتروني website web www url homepage webovestranky honlap sitowebscuola sitoweb site الموقع",
    "students": "students pupils numberofstudents zaci pocetzaku pocetz tanulok tanulolletszam tanulokszama "
    "diaklletszam ucenici brojucenika studenti alunni numeroalunni alunos numerodealunos "
    "numerodealunosmatriculados schuler التلاميذ",
    "teachers": "teachers staff numberofteachers ucitele pocetucitelu pedagogusok pedagogusokszama tanarok "
    "ucitelji brojucitelja docenti insegnanti professores docentes lehrer المعلمون المعلمين",
    "year": "schoolyear skolnirok السنةالدراسية العامالدراسي",
    "latitude": "خطالعرض latitude lat zemepisnasirka szelesseg latitudine",
    "longitude": "خطالطول longitude lon lng long zemepisnadelka hosszusag longitudine",
}
KNOWN = {word: field for field, words in HEADINGS.items() for word in words.split()}
SCHEMES = {
    "redizo": "RED-IZO",
    "izo": "IZO",
    "omazonosito": "OM",
    "om": "OM",
    "codicescuola": "MIM",
    "mim": "MIM",
    "codigodgeecescola": "DGEEC",
    "dgeec": "DGEEC",
    "sifraustanove": "šifra ustanove",
}


def plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", folded(heading))


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The row with the most headings that are known; the first one where none is."""
    known = [sum(plain(cell) in KNOWN for cell in row) for row in rows[:HEADING_WITHIN]]
    return known.index(max(known)) if known else 0


def guessed(headings: Sequence[str]) -> list[str | None]:
    """The field of each column; the first that fits has it."""
    fields: list[str | None] = []
    for heading in headings:
        field = KNOWN.get(plain(heading))
        fields.append(field if field not in fields else None)
    if "name" not in fields and "official_name" in fields:
        fields[fields.index("official_name")] = "name"
    return fields


def scheme_of(headings: Sequence[str], fields: Sequence[str | None]) -> str:
    """Of which register the numbers are, as far as the heading of their column says it."""
    if "number" not in fields:
        return ""
    return SCHEMES.get(plain(headings[fields.index("number")]), "")
