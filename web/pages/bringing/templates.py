"""What a list that somebody fills in looks like: its columns, and a row that explains them."""

from typing import Literal, TypeAlias

from web import languages
from web.words import LIST_COLUMNS, word

ListKind: TypeAlias = Literal["schools", "people", "memberships"]
OF_A_SCHOOL = ("number", "school", "town")
NOT_IN_A_TEMPLATE = ("surname", "country")
EXAMPLES = {
    "number": "000123456",
    "town": "Louny",
    "street": "Školní 12",
    "postcode": "44001",
    "website": "https://school.example",
    "year": "2026/27",
    "students": "420",
    "teachers": "38",
    "latitude": "50.357",
    "longitude": "13.797",
    "mail": "jana.nova@school.example",
}


def template_of(kind: str, *, one_school: bool) -> list[str]:
    """The columns of a template; of people of one school, it need not say which."""
    left_out = NOT_IN_A_TEMPLATE + (OF_A_SCHOOL if one_school else ())
    return [name for name in LIST_COLUMNS[kind] if name not in left_out]


def example(kind: ListKind, columns: list[str]) -> list[str]:
    """It begins with #, and so it is left out."""
    told = languages.language.get()
    said = EXAMPLES | {
        columns[0]: f"# {word('list_example', kind)}",
        "role": word("school_role", "mentor") if kind == "memberships" else word("staff_role", "teacher"),
        "approach": word("approach", "top_down"),
        "language": languages.NAMES[told],
    }
    return [said.get(name, "") for name in columns]
