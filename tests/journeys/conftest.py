import asyncio
import json

import pytest
import pytest_asyncio

from look.browser import CHROMIUM, open_chromium
from tests.conftest import BY_DOMAIN, FEDERATED
from tests.journeys.home import open_home
from tests.journeys.visitor import Visitor
from tests.ports import free_ports
from tests.provider.running import running


@pytest.fixture(scope="session")
def provider_there():
    """The port of a house, and a provider of OpenID Connect that knows it."""
    port, *_ = free_ports(7)
    with running("region", "Ribeira Region", house=f"http://localhost:{port}") as provider:
        yield str(port), provider


@pytest.fixture(scope="session")
def federation_there(provider_there):
    """A provider that says where people work, and knows the same house."""
    port, _ = provider_there
    told = {"scopes": FEDERATED, "school": BY_DOMAIN | {"country": "PT"}}
    with running("schools", "Federação das escolas", house=f"http://localhost:{port}", **told) as provider:
        yield provider


@pytest.fixture(scope="session")
def home(tmp_path_factory, provider_there, federation_there):
    """A whole house with the demonstration year."""
    port, provider = provider_there
    providers = [each.settings for each in (provider, federation_there)]
    folder = tmp_path_factory.mktemp("home")
    with open_home(folder, port=port, providers=json.dumps(providers)) as opened:
        asyncio.run(opened.settle())
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium():
    if not CHROMIUM.exists():
        pytest.skip(f"journeys need a browser: there is no {CHROMIUM}")
    async with open_chromium() as browser:
        yield browser


@pytest.fixture
async def visit(home, chromium):
    """Opens browsers of people: `await visit("cs", width=390)`; all are closed afterwards."""
    contexts = []

    async def arrive(language="en", *, width=1280, height=800, javascript=True, **options):
        context = await chromium.new_context(
            base_url=home.url,
            locale=language,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(home, await context.new_page(), language)

    yield arrive
    for context in contexts:
        await context.close()
