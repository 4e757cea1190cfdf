"""The clusters service: who belongs where."""

from fastapi import FastAPI

from kit.client import Http
from kit.service import create_service
from services.clusters.clients.routes import routes as client_routes
from services.clusters.clusters.routes import routes as cluster_routes
from services.clusters.facts import FACTS
from services.clusters.invitations.routes import routes as invitation_routes
from services.clusters.memberships.routes import routes as membership_routes
from services.clusters.notices.routes import routes as notice_routes
from services.clusters.offices.routes import routes as office_routes
from services.clusters.opening.routes import routes as opening_routes
from services.clusters.people.routes import routes as people_routes
from services.clusters.policy import RULES
from services.clusters.schools.routes import routes as school_routes
from services.clusters.sessions.routes import routes as session_routes
from services.clusters.settings import Settings
from services.clusters.staff.routes import routes as staff_routes
from services.clusters.tokens.actions import Signer
from services.clusters.tokens.queries import public_keys
from services.clusters.tokens.routes import routes as token_routes
from services.roster.standing import stand

TAGS = {
    "tokens": "Access tokens, and the keys that check them",
    "sessions": "Signing in, for the house's own web",
    "people": "Oneself",
    "schools": "Schools and their numbers",
    "clusters": "Clusters: one mentor school and its mentees",
    "memberships": "Which schools belong to a cluster",
    "staff": "Who works at a school",
    "offices": "National and programme coordinators",
    "invitations": "Asking people to belong somewhere, and their answer",
    "clients": "Programs that a cluster lets in",
    "notices": "What people are told, in the app and by mail",
    "house": "Setting the house up",
}


def create_app(settings: Settings | None = None, http: Http | None = None) -> FastAPI:
    app = create_service(
        settings or Settings(),
        title="Staffroom: clusters",
        summary="People and sign-in, schools, clusters, memberships, clients, and the post office",
        description="Who belongs where. Programs get their tokens here, for all three services.",
        tags=TAGS,
        rules=RULES,
        facts=FACTS,
        routers=[
            token_routes,
            session_routes,
            people_routes,
            school_routes,
            cluster_routes,
            membership_routes,
            staff_routes,
            invitation_routes,
            office_routes,
            client_routes,
            notice_routes,
            opening_routes,
        ],
        stand=stand,
        load_keys=public_keys,
        http=http,
    )
    app.state.signer = Signer()
    return app
