"""Every page of the app and who mainly reads it: one list, for the pictures and for the journeys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from uuid import UUID

from fastapi import FastAPI

from kit.policy import api_routes
from look.absent import NO_PAGES

GUEST, TEACHER, HEAD = "guest", "teacher", "head"
MENTEE, MENTOR = "coordinator of a mentee school", "mentor coordinator"
NATIONAL, PROGRAMME = "national coordinator", "programme coordinator"
OFFICES = (NATIONAL, PROGRAMME)
ROLES = (GUEST, TEACHER, MENTEE, MENTOR, HEAD, *OFFICES)
ANY_ID = str(UUID(int=0))
# Nobody coordinates it, so its pages are on no picture of the demonstration year: `tests/journeys/test_empty_house.py`.
OF_AN_EMPTY_HOUSE = {"opening/new", "opening/opened"}
# A provider leads there: `tests/journeys/test_provider.py`.
OF_A_PROVIDER = {"introductions/new"}
# Shown to who has an app for codes: `tests/journeys/test_second_step.py`.
OF_AN_APP = {"sign_in/step", "sign_in/codes"}


@dataclass(frozen=True, eq=False)
class Page:
    """A template in one of its states, at a path in which `{names}` stand for what `look.scene` finds.

    What is `typed` is sent before one looks; the answer then `shows` a part by which it is known.
    """

    template: str
    path: str
    role: str
    state: str = ""
    status: int = 200
    typed: Mapping[str, str] = field(default_factory=dict)
    shows: str = "h1"

    @property
    def name(self) -> str:
        return f"{self.template}: {self.state}" if self.state else self.template

    @property
    def slug(self) -> str:
        return "".join(letter if letter.isalnum() else "-" for letter in self.name)

    def is_known(self, known: Mapping[str, str]) -> bool:
        return {name for _, name, _, _ in Formatter().parse(self.path) if name} <= known.keys()

    def at(self, known: Mapping[str, str]) -> str:
        return self.path.format_map(known)

    @property
    def bare_path(self) -> str:
        """The path without its query, with some id in each place of one."""
        names = [name for _, name, _, _ in Formatter().parse(self.path) if name]
        return self.path.format_map(dict.fromkeys(names, ANY_ID)).partition("?")[0]


PAGES = (
    Page("today/welcome", "/", GUEST),
    Page("today/model_year", "/model-year", TEACHER),
    Page("sign_in/new", "/sign-in", GUEST),
    Page("sign_in/sent", "/sign-in", GUEST, typed={"mail": "somebody@school.example"}, shows="a[href^='/mailbox?']"),
    Page("sign_in/link", "/sign-in/link?key=x", GUEST),
    Page("sign_in/set_up", "/second-step", MENTOR),
    Page("sign_in/end_step", "/second-step/end", MENTOR),
    Page("opening/ended", "/open-house?key=x", GUEST, status=410),
    Page("mailbox/index", "/mailbox", GUEST),
    Page("entries/show", "/entries/{public}", GUEST, "as a guest"),
    Page("problems/show", "/nowhere", GUEST, "no such page", status=404),
    Page("problems/show", "/operations", TEACHER, "not theirs", status=403),
    Page("today/index", "/", TEACHER),
    Page("today/index", "/", NATIONAL, "of an office"),
    Page("notices/index", "/notices", MENTOR),
    Page("profile/edit", "/profile", TEACHER),
    Page("profile/address", "/profile/addresses/link?key=x", TEACHER),
    Page("profile/device", "/profile/sessions/another", TEACHER),
    Page("archives/show", "/profile/archive", TEACHER),
    Page("erasure/new", "/profile/leaving", TEACHER),
    Page("erasure/new", "/profile/leaving", MENTOR, "who leads alone"),
    Page("card/edit", "/profile/card", TEACHER),
    Page("people/show", "/people/{colleague}", MENTEE),
    Page("hearing/edit", "/profile/hearing", TEACHER),
    Page("hearing/unsubscribe", "/unsubscribe?kind=comment_posted&key=x", GUEST),
    Page("invitations/show", "/invitations/{invitation}", TEACHER),
    Page("invitations/show", "/invitations/{undelivered}", MENTEE, "not delivered"),
    Page("clusters/index", "/clusters", PROGRAMME),
    Page("clusters/index", "/clusters?q=louny&state=active", NATIONAL, "found"),
    Page("clusters/show", "/clusters/{cluster}", TEACHER),
    Page("clusters/show", "/clusters/{cluster}", MENTEE, "who cannot get in"),
    Page("clusters/show", "/clusters/{cluster}", NATIONAL, "to be closed"),
    Page("joining/new", "/clusters/new", NATIONAL),
    Page("joining/new", "/schools/{school}/clusters", MENTOR, "proposed"),
    Page("joining/schools", "/clusters/{cluster}/schools?q=louny", NATIONAL),
    Page("joining/answer", "/school-invitations/{asked}", NATIONAL),
    Page("bringing/new", "/bring-in/schools", NATIONAL),
    Page("bringing/new", "/bring-in/people?school_id={school}", MENTOR, "people of a school"),
    Page("bringing/show", "/bring-in/schools/{list}", NATIONAL),
    Page("bringing/show", "/bring-in/people/{people}", NATIONAL, "people"),
    Page("bringing/show", "/bring-in/memberships/{memberships}", NATIONAL, "memberships"),
    Page("schools/index", "/schools?q=zs", TEACHER),
    Page("schools/show", "/schools/{school}", TEACHER),
    Page("schools/edit", "/schools/{school}/edit", MENTOR),
    Page("schools/development_plan", "/schools/{school}/development-plan", MENTOR),
    Page("schools/show", "/schools/{undelivered_into}?instead={undelivered}", MENTEE, "an address is corrected"),
    Page("codes/wall", "/schools/{school}/code", MENTOR),
    Page("codes/join", "/join", GUEST),
    Page("codes/join", "/join?code={code}", GUEST, "with a code"),
    Page("codes/sent", "/join/sent", GUEST),
    Page("codes/sent", "/join/sent?waits=true", GUEST, "the school is asked first"),
    Page("schools/edit", "/schools/new", NATIONAL, "new"),
    Page("clusters/people", "/clusters/{cluster}/people", MENTEE),
    Page("clusters/people", "/clusters/{cluster}/people?by=subject", TEACHER, "by subject"),
    Page("schools/several", "/schools/{school}/people/several", MENTOR),
    Page(
        "schools/several",
        "/schools/{school}/people/several",
        MENTOR,
        "looked",
        typed={
            "pasted": "Dana Hrubá <dana.hruba@zsperuc.example>; o.weissova@zsperuc.example; petra@zsperuc; Jan; "
            "Inês Lopes <ines.lopes@ribeira.example>"
        },
        shows="#looked",
    ),
    Page("clusters/edit", "/clusters/{cluster}/aims", MENTOR),
    Page("tools/edit", "/clusters/{cluster}/tools/new", MENTOR, "new"),
    Page("tools/edit", "/clusters/{cluster}/tools/{tool}/edit", MENTOR),
    Page("clusters/deciding", "/clusters/{cluster}/how-we-decide", TEACHER),
    Page("clusters/approach", "/clusters/{cluster}/approach", NATIONAL),
    Page("plans/show", "/plans/{plan}", MENTOR),
    Page("plans/show", "/plans/{plan}", NATIONAL, "who approves"),
    Page("plans/edit", "/plans/{plan}/parts/{part}", MENTOR),
    Page("plans/edit", "/plans/{plan}/parts/new", MENTOR, "a new activity"),
    Page("plans/edition", "/plans/{edition}/editions/1", MENTOR),
    Page("plans/begin", "/clusters/{cluster}/plans/new", MENTOR),
    Page("plans/index", "/plans", NATIONAL),
    Page("proposals/waiting", "/proposals", MENTEE),
    Page("proposals/index", "/clusters/{cluster}/proposals", MENTOR),
    Page("proposals/new", "/clusters/{cluster}/proposals/new", TEACHER),
    Page("proposals/new", "/clusters/{cluster}/proposals/new?matter=date", MENTEE, "about a day"),
    Page("proposals/show", "/proposals/{proposal}", TEACHER),
    Page("proposals/show", "/proposals/{decided}", PROGRAMME, "decided"),
    Page("feeds/edit", "/profile/calendar", TEACHER),
    Page("overviews/index", "/overview", NATIONAL),
    Page("overviews/index", "/overview?kind=entries", NATIONAL, "entries"),
    Page("overviews/index", "/overview", PROGRAMME, "of the programme"),
    Page("overviews/cluster", "/clusters/{cluster}/overview", MENTOR),
    Page("overviews/month", "/clusters/{cluster}/overview/{met}", NATIONAL),
    Page("overviews/school", "/clusters/{cluster}/overview/schools/{quietest}", MENTOR),
    Page("overviews/support", "/countries/CZ/support", NATIONAL),
    Page("todos/index", "/countries/CZ/todos", NATIONAL),
    Page("todos/new", "/countries/CZ/todos/new", NATIONAL),
    Page("todos/show", "/todos/{todo}", NATIONAL),
    Page("todos/edit", "/todos/{todo}/edit", NATIONAL),
    Page("todos/countries", "/todos", PROGRAMME),
    Page("todos/cluster", "/clusters/{cluster}/todos", MENTOR),
    Page("help/ask", "/clusters/{cluster}/help", MENTOR),
    Page("help/ask", "/clusters/{cluster}/help", NATIONAL, "of an office"),
    Page("help/show", "/help/{help}", MENTOR),
    Page("help/show", "/help/{help}", NATIONAL, "who answers"),
    Page("help/index", "/help", NATIONAL),
    Page("clusters/programs", "/clusters/{cluster}/programs", MENTOR),
    Page("events/index", "/events", TEACHER),
    Page("events/index", "/events?when=past", TEACHER, "past"),
    Page("events/choose", "/events/new", NATIONAL),
    Page("events/new", "/events/new", MENTOR),
    Page(
        "events/new",
        "/events/new",
        MENTOR,
        "refused",
        typed={"title": "x" * 300, "day": "2030-05-14", "from": "14:00", "ends_at": "2030-05-14T13:00"},
        shows=".error",
    ),
    Page("events/show", "/events/{ahead}", TEACHER),
    Page("events/show", "/events/{ahead}", MENTOR, "of its organiser"),
    Page("events/show", "/events/{past}", MENTOR, "waits to be marked"),
    Page("events/show", "/events/{held}", TEACHER, "held"),
    Page("events/show", "/events/{cancelled}", MENTEE, "cancelled"),
    Page("events/people", "/events/{ahead}/people", MENTEE),
    Page("events/edit", "/events/{ahead}/edit", MENTOR),
    Page("events/change", "/events/{ahead}/change", MENTOR),
    Page("events/change", "/events/{ahead}/change?online=true", MENTOR, "online"),
    Page(
        "events/preview",
        "/events/{ahead}/change?online=true",
        MENTOR,
        typed={"link": "https://meet.school.example/room"},
        shows="button[name=version]",
    ),
    Page("events/cancellation", "/events/{ahead}/cancellation", MENTOR),
    Page("events/attendance", "/events/{past}/attendance", MENTOR),
    Page("entries/index", "/entries", TEACHER),
    Page("entries/index", "/entries?of=everyone", TEACHER, "of everyone"),
    Page("entries/new", "/entries/new", TEACHER),
    Page("entries/new", "/entries/new?event={past}", MENTOR, "after a meeting"),
    Page("entries/show", "/entries/{entry}", TEACHER),
    Page("entries/show", "/entries/{entry}", MENTOR, "of its author"),
    Page("entries/show", "/entries/{draft}", MENTOR, "a draft"),
    Page("entries/edit", "/entries/{entry}/edit", MENTOR),
    Page("entries/publication", "/entries/{entry}/publication", MENTOR),
    Page("entries/retraction", "/entries/{entry}/publication/end", MENTOR),
    Page("entries/removal", "/entries/{entry}/removal", MENTOR),
    Page("acts/show", "/clusters/{cluster}/acts", MENTOR),
    Page("acts/show", "/clusters/{cluster}/acts", TEACHER, "of a member"),
    Page("acts/show", "/schools/{school}/acts", MENTOR, "of a school"),
    Page("acts/show", "/countries/CZ/acts", NATIONAL, "of a country"),
    Page("acts/show", "/acts", PROGRAMME, "of the programme"),
    Page("acts/show", "/acts?since=x", PROGRAMME, "refused", status=422, shows=".error"),
    Page("programme/show", "/programme", TEACHER),
    Page("programme/edit", "/programme/edit", PROGRAMME),
    Page("programme/logo", "/programme/logo", PROGRAMME),
    Page("offices/index", "/offices", PROGRAMME),
    Page("operations/index", "/operations", PROGRAMME),
)


def read_routes(app: FastAPI) -> dict[str, str]:
    """Path of each route of web that is read: the file that answers, in the order in which they are asked."""
    return {route.path: route.endpoint.__module__ for route in api_routes(app) if "GET" in (route.methods or ())}


def pages_of_routes(app: FastAPI) -> dict[str, list[Page]]:
    """Path of each route that is a page: its entries in the list, none where nobody thought of it."""
    found: dict[str, list[Page]] = {path: [] for path in read_routes(app) if path not in NO_PAGES}
    for page in PAGES:
        if page.status != 404:
            found[route_of(app, page)].append(page)
    return found


def route_of(app: FastAPI, page: Page) -> str:
    """Raises LookupError for a page that no route answers."""
    for path in _answering(app, page.bare_path):
        return path
    raise LookupError(f"No route of web answers {page.path}: take {page.name} off the list in look/pages.py.")


def _answering(app: FastAPI, path: str) -> Iterator[str]:
    for route in api_routes(app):
        if "GET" in (route.methods or ()) and route.path_regex.match(path):
            yield route.path
