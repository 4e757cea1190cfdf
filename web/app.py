"""Web: what people see."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kit.checks import ANSWERS_WITHIN, live
from kit.client import Client, Http, Refused, open_http
from kit.hosts import KnownHosts
from kit.limits import BodyLimit, PlainCookies, has_files
from kit.methods import HeadAsGet
from kit.observe import NOTHING_ELSE, Observe, metrics
from web.draft import MOST_BYTES, MOST_BYTES_OF_GUESTS, MOST_BYTES_WITH_FILE
from web.guard import Guard
from web.guests import KeptForGuests
from web.pages.acts.routes import routes as act_routes
from web.pages.archives.routes import routes as archive_routes
from web.pages.bringing.routes import routes as bringing_routes
from web.pages.card.routes import routes as card_routes
from web.pages.clusters.deciding import routes as deciding_routes
from web.pages.clusters.finding import routes as finding_routes
from web.pages.clusters.leading import routes as leading_routes
from web.pages.clusters.people import routes as people_routes
from web.pages.clusters.programs import routes as client_routes
from web.pages.clusters.routes import routes as cluster_routes
from web.pages.clusters.sheets import routes as cluster_sheet_routes
from web.pages.codes.routes import routes as code_routes
from web.pages.entries.conversation import routes as conversation_routes
from web.pages.entries.publication import routes as publication_routes
from web.pages.entries.routes import routes as entry_routes
from web.pages.erasure.routes import routes as erasure_routes
from web.pages.events.attendance import routes as attendance_routes
from web.pages.events.routes import routes as event_routes
from web.pages.feeds.routes import routes as feed_routes
from web.pages.hearing.routes import routes as hearing_routes
from web.pages.help.routes import routes as help_routes
from web.pages.introductions.routes import routes as introduction_routes
from web.pages.invitations.routes import routes as invitation_routes
from web.pages.joining.routes import routes as joining_routes
from web.pages.mailbox.routes import routes as mailbox_routes
from web.pages.notices.routes import routes as notice_routes
from web.pages.offices.routes import routes as office_routes
from web.pages.opening.routes import routes as opening_routes
from web.pages.operations.routes import routes as operation_routes
from web.pages.overviews.routes import routes as overview_routes
from web.pages.overviews.sheets import routes as overview_sheet_routes
from web.pages.people.routes import routes as person_routes
from web.pages.plans.proposing import routes as plan_proposal_routes
from web.pages.plans.routes import routes as plan_routes
from web.pages.problems import answers
from web.pages.profile.addresses import routes as address_routes
from web.pages.profile.identities import routes as identity_routes
from web.pages.profile.passkeys import routes as my_passkey_routes
from web.pages.profile.routes import routes as profile_routes
from web.pages.programme.logo import routes as logo_routes
from web.pages.programme.routes import routes as programme_routes
from web.pages.programs.routes import routes as program_routes
from web.pages.proposals.routes import routes as proposal_routes
from web.pages.schools.development_plan import routes as development_plan_routes
from web.pages.schools.routes import routes as school_routes
from web.pages.schools.several import routes as several_routes
from web.pages.schools.sheets import routes as school_sheet_routes
from web.pages.sign_in.passkeys import routes as passkey_routes
from web.pages.sign_in.providers import routes as provider_routes
from web.pages.sign_in.routes import routes as sign_in_routes
from web.pages.sign_in.step import routes as step_routes
from web.pages.today.routes import routes as today_routes
from web.pages.todos.routes import routes as todo_routes
from web.pages.tools.routes import routes as tool_routes
from web.settings import Settings
from web.shared import Shared
from web.visit import session_cookie

BUILT = Path(__file__).parent / "static" / "dist"
FOR_EVER = "public, max-age=31536000, immutable"


class Static(StaticFiles):
    """Files whose names change with their content: kept for ever."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["Cache-Control"] = FOR_EVER
        return answer


def create_app(settings: Settings | None = None, http: Http | None = None) -> FastAPI:
    """`http` replaces the client for calls to the services (tests run them in process)."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            client = http if http is not None else await stack.enter_async_context(open_http())
            app.state.shared = shared = Shared(settings, client)
            listening = [asyncio.create_task(shared.hearing.listen(service)) for service in shared.hearing.services]
            yield
            for task in listening:
                task.cancel()
            for task in listening:
                with suppress(asyncio.CancelledError):
                    await task

    app = FastAPI(
        lifespan=lifespan,
        telemetry=NOTHING_ELSE,
        openapi_url=None,
        redirect_slashes=False,
        routes=[
            Route("/live", live),
            Route("/ready", ready),
            Route("/metrics", metrics),
            Mount("/static", Static(directory=BUILT, check_dir=False)),
        ],
    )
    for routes in (
        today_routes,
        event_routes,
        entry_routes,
        finding_routes,
        attendance_routes,
        conversation_routes,
        publication_routes,
        sign_in_routes,
        provider_routes,
        passkey_routes,
        step_routes,
        joining_routes,
        cluster_routes,
        people_routes,
        several_routes,
        cluster_sheet_routes,
        client_routes,
        tool_routes,
        deciding_routes,
        leading_routes,
        help_routes,
        plan_routes,
        overview_sheet_routes,
        overview_routes,
        plan_proposal_routes,
        todo_routes,
        proposal_routes,
        feed_routes,
        invitation_routes,
        act_routes,
        archive_routes,
        erasure_routes,
        notice_routes,
        profile_routes,
        address_routes,
        card_routes,
        person_routes,
        identity_routes,
        my_passkey_routes,
        hearing_routes,
        mailbox_routes,
        office_routes,
        opening_routes,
        programme_routes,
        logo_routes,
        bringing_routes,
        code_routes,
        introduction_routes,
        school_sheet_routes,
        development_plan_routes,
        school_routes,
        operation_routes,
        program_routes,
    ):
        app.include_router(routes)
    answers.install(app)
    app.add_middleware(KeptForGuests, web=app)
    app.add_middleware(BodyLimit, most=partial(most_bytes, session_cookie(settings).encode()))
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)
    app.add_middleware(Guard, public_url=settings.public_url)
    app.add_middleware(PlainCookies)
    app.add_middleware(KnownHosts, urls=[settings.public_url])
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observe)
    return app


def most_bytes(session: bytes, headers: dict[bytes, bytes]) -> int:
    """Guests send addresses and passwords; forms with texts and pictures are for who has the cookie of a session."""
    if session not in headers.get(b"cookie", b""):
        return MOST_BYTES_OF_GUESTS
    return MOST_BYTES_WITH_FILE if has_files(headers) else MOST_BYTES


async def ready(request: Request) -> Response:
    """Whether people can come in: clusters knows them. Where another service is away, pages say so and serve on."""
    shared: Shared = request.app.state.shared
    try:
        await Client(shared.http, shared.settings.clusters_url).ask("GET", "/ready", timeout=ANSWERS_WITHIN)
    except Refused:
        return JSONResponse({"ready": False, "away": "clusters"}, 503, {"Retry-After": "5"})
    return JSONResponse({"ready": True})
