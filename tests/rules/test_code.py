"""What must hold of the code itself."""

import ast
import importlib
import typing

import pytest

from deploy.databases import head
from kit.policy import Unguarded, api_routes, guards
from kit.routing import router
from kit.webhooks import delivering, endpoints
from tests.house import MODULES
from tests.rules.source import ROOT, called, calls, files, where
from tests.services import app_of, routes

SERVICES = list(MODULES)

LONGEST_FILE = 250


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_has_a_guard(service):
    table = guards(app_of(service))
    assert len(table) > 15
    assert all(table.values())


def test_a_route_without_a_guard_does_not_start():
    app = importlib.import_module("services.events.app").create_app(app_of_settings())
    open_to_all = router("/v1/open", "open")

    open_to_all.add_api_route("", lambda: None)
    app.include_router(open_to_all)
    with pytest.raises(Unguarded):
        guards(app)


def app_of_settings():
    return MODULES["events"][1].Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing")


@pytest.mark.parametrize("service", SERVICES)
def test_every_row_of_the_table_is_used_and_every_guard_names_a_row(service):
    rules = importlib.import_module(f"services.{service}.policy").RULES
    used = {a for actions in guards(app_of(service)).values() for a in actions if not a.startswith("anyone: ")}
    assert used - rules.keys() == set()
    assert rules.keys() - used == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_rule_is_in_the_table(service):
    table = importlib.import_module(f"services.{service}.policy").RULES
    written = {
        node.name
        for name in ("rules", "states")
        for node in ast.parse((ROOT / "services" / service / "policy" / f"{name}.py").read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    used = {rule.__name__ for row in table.values() for rule in row.who}
    used |= {condition.name for row in table.values() for condition in row.while_}
    assert written - used == set()


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_guard_finds_has_what_its_row_asks_about(service):
    """A row says by its types what it asks of a thing; what the guard's `find` returns must have all of it."""
    table = importlib.import_module(f"services.{service}.policy").RULES
    for route in api_routes(app_of(service)):
        for guard in guards_of(route.dependant):
            if guard.action not in table or guard.find.__name__ == "_nothing":
                continue
            found = typing.get_type_hints(guard.find)["return"]
            has = set(dir(found)) | set(typing.get_type_hints(found)) | set(getattr(found, "model_fields", ()))
            for asked in typing.get_args(table[guard.action].__orig_class__):
                wanted = {name for name in dir(asked) if not name.startswith("_")} if asked is not object else set()
                assert wanted <= has, (
                    f"{guard.action} asks for {wanted - has}, which {guard.find.__name__} does not find"
                )


def guards_of(dependant):
    if hasattr(dependant.call, "find"):
        yield dependant.call
    for inner in dependant.dependencies:
        yield from guards_of(inner)


def test_no_file_of_code_is_long():
    rooms = ("kit", "services", "web", "deploy", "demo", "bench", "look", "proof")
    long = [file for room in rooms for file in files(room) if len(file.read_text().splitlines()) > LONGEST_FILE]
    assert not long, "give the feature a second file, named after what it is about"


def test_only_the_kit_commits():
    outside = [
        where(file, call) for file in files("services", "web", "demo") for call in calls(file, "commit", "rollback")
    ]
    assert outside == []


def test_select_is_at_home_in_queries():
    homes = {"queries.py", "setup.py", "sight.py"}
    elsewhere = [
        where(file, call)
        for file in files("services", "web")
        if file.name not in homes
        for call in calls(file, "select")
    ]
    assert elsewhere == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_fact_that_is_announced_is_somewhere_in_the_code(service):
    announced = importlib.import_module(f"services.{service}.facts").FACTS
    used = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for file in files(f"services/{service}")
        if file.name != "facts.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert {fact.__name__ for fact in announced.values()} - used == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_job_that_is_added_has_a_handler(service):
    webhooks = delivering.jobs.handlers.keys() | endpoints.jobs.handlers.keys()
    handlers = MODULES[service][2].jobs.handlers.keys() | webhooks
    roster = ["services/roster"] if service != "clusters" else []
    added = {
        call.args[1].value
        for file in files(f"services/{service}", "kit", *roster)
        for call in calls(file, "enqueue", "enqueue_all", "queue_all")
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
    }
    assert added - handlers == set()
    own = {name for name in handlers if name not in webhooks}
    assert own <= added


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_have_one_head(service):
    assert head(service)


def is_unordered(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return " limit " in node.value and "order by" not in node.value
    if isinstance(node, ast.Call) and called(node) == "limit":
        one = [ast.unparse(argument) for argument in node.args] == ["1"]
        return not one and "order_by" not in ast.unparse(node)
    return False


def test_lists_have_an_order():
    unordered = [
        where(file, node)
        for file in files("services")
        if file.name == "queries.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if is_unordered(node)
    ]
    assert unordered == []


def test_nobody_reads_a_clock_but_the_clock():
    elsewhere = [
        where(file, call)
        for file in files("services")
        for call in calls(file, "utcnow", "today", "now")
        if isinstance(call.func, ast.Attribute)
    ]
    assert elsewhere == []


LIMITS = [
    *(f"kit/{name}.py" for name in ("happened", "idempotency", "identity", "media", "outside", "worker")),
    "kit/webhooks",
    *(
        f"services/clusters/doors/{room}"
        for room in ("clients", "identities", "links", "opening", "passwords", "sessions", "signing_in", "tokens")
    ),
    *("services/clusters/post/notices/post.py", "services/diaries/pictures/actions.py"),
]


def test_limits_do_not_believe_what_a_program_says():
    """Terms of secrets, tries, leases and sweeping ask for the present moment, never for one that can be said."""
    for room in LIMITS:
        for file in files(room) or [ROOT / room]:
            imported = [
                alias.name
                for node in ast.walk(ast.parse(file.read_text()))
                if isinstance(node, ast.ImportFrom) and node.module == "kit.clock"
                for alias in node.names
            ]
            assert "now" not in imported, file


def test_the_services_have_routes():
    assert {service for service, _ in routes()} == set(SERVICES)


def test_files_stay_short():
    long = [
        str(file.relative_to(ROOT))
        for file in files("kit", "services", "tests", "docs")
        if len(file.read_text().splitlines()) > 300
    ]
    assert long == []
