"""Names stand in the order of each language, as the program of every browser sorts them."""

import pytest

from kit.collation import sort_key
from tests.browsers import intl

LANGUAGES = ["en", "nl", "hr", "cs", "hu", "it", "pt", "de", "he", "tr", "uk", "ar"]
WORDS = """
Adam Ádám Äbel Aachen Østby Olsen Öberg Ober Čapek Cibulka Cyril Černá Chalupa Horák Havel Ivan Řehoř Rada Sova Šimek
Szabó Sas Szöllősi Zsófia Zoltán Zeman Žižka Ženíšek Cseh Czakó Csilla Gyula Gulyás Lyka Lukács Nyíri Nagy Tyukodi Tamás
Dzsida Dénes Ljubica Luka Lovro Njegoš Nikola Đuro Dario Džeko Dubravka Ćosić Crnić Čović Işık Irmak İpek Ilgaz ılıca
inci Çelik Can Ğ Gül Özkan Okan Şahin Sarı Ümit Ulaş Müller Mueller Mull Straße Strasse Weiß Weiss Niño Nino Ñandú José
Jose Олена Олег Ґанна Ганна Євген Ельза Їжак Іван Йосип Ярослав אברהם בנימין גד דוד שרה تامر أحمد إبراهيم آمنة ابتسام
باسم ثريا de|Vries van|Dijk Van|Damme IJsbrand Ijzer Jansen O'Neil Oneil Abc-d Abcd resume résumé Résumé a A á Á ab a|b
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_in_the_order_of_the_language(language):
    names = sorted(word.replace("|", " ") for word in WORDS.split())
    reference = intl("return asked.names.sort(new Intl.Collator(asked.tag).compare)", names=names, tag=language)
    assert sorted(names, key=lambda name: sort_key(name, language)) == reference


def test_an_unknown_language_sorts_as_the_root_of_all():
    assert sorted(["Z", "Á", "B"], key=lambda name: sort_key(name, "xx")) == ["Á", "B", "Z"]
