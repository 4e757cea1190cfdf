"""Who reads the pages, and what stands before them that the demonstration year leaves out."""

from collections.abc import Mapping

from demo.asking import Settings, Voice, Voices
from kit.client import Form, open_http
from look.pages import HEAD, MENTEE, MENTOR, NATIONAL, PROGRAMME, TEACHER
from look.scene import PERSON, Rows, find

WHO = {
    TEACHER: "lenka.horakova@louny.example",
    MENTEE: "pavel.dolezal@branany.example",
    MENTOR: "eva.novakova@louny.example",
    HEAD: "tomas.marek@louny.example",
    NATIONAL: "petr.dvoracek@ministry.example",
    PROGRAMME: "hannah.lindqvist@programme.example",
}
# Pages do not speak it yet: who chose it reads them in the language that the browser asks for.
UNSPOKEN = "pt"
LAST = "select id from event where organiser_id = $1 order by starts_at desc limit 1"


async def known_things(rows: Rows) -> dict[str, str]:
    """Ids of what the pages show: what the mentor coordinator made, and where the teacher is invited."""
    return await find(rows, WHO[MENTOR], WHO[TEACHER])


async def prepare(rows: Rows, settings: Settings, password: str) -> None:
    """Let everybody sign in with the password and read in two languages; invite, cancel and let in somebody."""
    async with open_http() as http:
        voices = Voices(http, settings)
        ids = {role: (await rows("clusters", PERSON, mail))[0]["id"] for role, mail in WHO.items()}
        people = {role: voices.of(str(person_id)) for role, person_id in ids.items()}
        for person in people.values():
            await _follow_browser(person, password)
        last = (await rows("events", LAST, ids[MENTOR]))[0]["id"]
        reason = {"reason": "The dining hall is closed for repairs."}
        await people[MENTOR].post("events", f"/v1/events/{last}/cancellation", reason, key="look/cancellation")
        await _let_in(people, (await known_things(rows))["cluster"])
        await _bring_lists(people[NATIONAL])


# Of each kind a list in which something stays out, or is to be looked at.
LISTS = {
    "schools": """Seznam škol okresu Louny;;;;;
RED_IZO;ZKR_NAZ;RED_MISTO;POCET_Z;Latitude;Longitude
600082733;ZŠ J. A. Komenského Louny;Louny;530;50.357;13.797
600082725;ZŠ Zeměchy;Louny;asi 40;;
600082741;ZŠ Cítoliby;Cítoliby;120;50.332;13.812
600082750;ZŠ Panenský Týnec;Panenský Týnec;95;13.919;50.297
""",
    "people": """Jméno;E-mail;Název školy;Obec;Role;Jazyk
Jitka Malá;jitka.mala@louny.example;ZŠ J. A. Komenského Louny;Louny;učitelka;cs
Petr Široký;petr.siroky@zsperuc.cz;ZŠ Lenešice;Lenešice;učitel;cs
Marek Dlouhý;marek.dlouhy@louny;ZŠ Louny;Louny;učitel;cs
Ivana Krátká;ivana.kratka@zatec.example;ZŠ Nikde;Žatec;koordinátorka;čeština
""",
    "memberships": """Název klastru;Zřizuje;Název školy;Obec;Role
Klastr Žatec;ministerstvo;ZŠ Žatec;Žatec;mentorská škola
Klastr Most;;ZŠ Most;Most;mentorovaná škola
""",
}


async def _bring_lists(official: Voice) -> None:
    """Lists are tried out: a school looks like one that is here, and some rows stay out."""
    for kind, text in LISTS.items():
        form = Form({"kind": kind, "country": "CZ"}, {"file": (f"{kind}.csv", text.encode(), "text/csv")})
        made = await official.send("clusters", "/v1/imports", form, key=f"look/{kind}")
        said = {"columns": [column["field"] for column in made["columns"]], "scheme": "RED-IZO"}
        await official.put("clusters", f"/v1/imports/{made['id']}/columns", said | {"zone": "Europe/Prague"})


async def _follow_browser(person: Voice, password: str) -> None:
    me = await person.get("clusters", "/v1/me")
    await person.put("clusters", "/v1/me", {"name": me["name"], "zone": me["zone"], "language": UNSPOKEN})
    await person.put("clusters", "/v1/me/password", {"password": password, "old_password": password})


async def _let_in(people: Mapping[str, Voice], cluster_id: str) -> None:
    """The teacher is invited into one more school, and a program into the cluster."""
    school = (await people[MENTEE].get("clusters", "/v1/me"))["standings"][0]["school_id"]
    new = {"name": "Lenka Horáková", "mail": WHO[TEACHER], "role": "teacher", "language": "en"}
    await people[MENTEE].post("clusters", f"/v1/schools/{school}/invitations", new, key="look/invitation")
    program = {"name": "School calendar", "scopes": ["act_for_people", "webhooks"]}
    await people[MENTOR].post("clusters", f"/v1/clusters/{cluster_id}/clients", program, key="look/program")
