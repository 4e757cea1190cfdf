"""The clusters service: who belongs where."""

from fastapi import FastAPI

from kit.client import Http
from kit.policy import allowed
from kit.service import create_service
from services.clusters.activity.routes import routes as activity_routes
from services.clusters.acts import ACTS
from services.clusters.clusters.colleagues.routes import person_routes
from services.clusters.clusters.colleagues.routes import routes as colleague_routes
from services.clusters.clusters.finding.routes import cluster_routes as finding_cluster_routes
from services.clusters.clusters.finding.routes import routes as finding_routes
from services.clusters.clusters.help.routes import routes as help_routes
from services.clusters.clusters.memberships.routes import routes as membership_routes
from services.clusters.clusters.showing.routes import routes as cluster_routes
from services.clusters.clusters.support.routes import routes as support_routes
from services.clusters.clusters.tools.routes import routes as tool_routes
from services.clusters.deciding.approaches.routes import routes as approach_routes
from services.clusters.deciding.decision_rules.routes import routes as decision_rule_routes
from services.clusters.deciding.showing.routes import routes as proposal_routes
from services.clusters.directory.cards.routes import routes as card_routes
from services.clusters.directory.development_plans.routes import routes as development_plan_routes
from services.clusters.directory.offices.routes import routes as held_office_routes
from services.clusters.directory.programme.routes import routes as programme_routes
from services.clusters.directory.schools.queries import visible_school
from services.clusters.directory.schools.routes import routes as school_routes
from services.clusters.doors.addresses.routes import routes as address_routes
from services.clusters.doors.clients.routes import routes as client_routes
from services.clusters.doors.closing.routes import routes as closing_routes
from services.clusters.doors.codes.routes import routes as code_routes
from services.clusters.doors.erasure.routes import routes as erasure_routes
from services.clusters.doors.factors.routes import routes as factor_routes
from services.clusters.doors.identities.providers import Providers
from services.clusters.doors.identities.routes import routes as identity_routes
from services.clusters.doors.imports.routes import routes as import_routes
from services.clusters.doors.introductions.routes import routes as introduction_routes
from services.clusters.doors.invitations.routes import routes as invitation_routes
from services.clusters.doors.joining.routes import routes as joining_routes
from services.clusters.doors.leaving.routes import office_routes, staff_routes
from services.clusters.doors.opening.routes import routes as opening_routes
from services.clusters.doors.passkeys.routes import routes as passkey_routes
from services.clusters.doors.passwords.routes import routes as password_routes
from services.clusters.doors.records.routes import routes as record_routes
from services.clusters.doors.sessions.routes import routes as session_routes
from services.clusters.doors.setting_up.routes import routes as setting_up_routes
from services.clusters.doors.signing_in.routes import routes as signing_in_routes
from services.clusters.doors.tokens.actions import Signer
from services.clusters.doors.tokens.queries import public_keys
from services.clusters.doors.tokens.routes import routes as token_routes
from services.clusters.facts import FACTS
from services.clusters.me.routes import routes as me_routes
from services.clusters.overviews.nudging.routes import routes as nudging_routes
from services.clusters.overviews.showing.routes import routes as overview_routes
from services.clusters.policy import RULES
from services.clusters.post.bounces.routes import routes as bounce_routes
from services.clusters.post.notices.routes import routes as notice_routes
from services.clusters.post.preferences.routes import routes as preference_routes
from services.clusters.settings import Settings
from services.clusters.year.deadlines.routes import routes as deadline_routes
from services.clusters.year.plans.routes import routes as plan_routes
from services.clusters.year.todos.routes import routes as todo_routes
from services.roster.acts.routes import act_router
from services.roster.approaches.routes import approach_router
from services.roster.standing import stand

TAGS = {
    "acts": "Who did what, for who looks after it",
    "policy": "What depends on the approach of a cluster",
    "tokens": "Access tokens, and the keys that check them",
    "sessions": "Signing in, for the house's own web; the browsers that I am signed in with",
    "people": "Oneself",
    "programme": "The programme of the house: its school year, phases and countries",
    "schools": "Schools and their numbers",
    "clusters": "Clusters: one mentor school and its mentees",
    "memberships": "Which schools belong to a cluster",
    "plans": "The plan of a cluster for a school year, and its deadlines in a calendar",
    "todos": "What national coordinators ask clusters to do, and by when",
    "proposals": "What a cluster decides together, and by which rule",
    "overviews": "How clusters do, in sums: for those in a cluster, and for who coordinates a country or the programme",
    "help": "What clusters ask their national coordinator",
    "staff": "Who works at a school",
    "offices": "National and programme coordinators",
    "invitations": "Asking people to belong somewhere, and their answer",
    "imports": "Lists of schools, people and memberships from spreadsheets",
    "clients": "Programs that a cluster lets in",
    "notices": "What people are told, in the app and by mail",
    "house": "Setting the house up",
}


def create_app(settings: Settings | None = None, http: Http | None = None) -> FastAPI:
    settings = settings or Settings()
    app = create_service(
        settings,
        title="Staffroom: clusters",
        summary="People and sign-in, schools, clusters, memberships, clients, and the post office",
        description="Who belongs where. Programs get their tokens here, for all three services.",
        tags=TAGS,
        rules=RULES,
        facts=FACTS,
        routers=[
            token_routes,
            signing_in_routes,
            session_routes,
            me_routes,
            card_routes,
            address_routes,
            password_routes,
            identity_routes,
            passkey_routes,
            factor_routes,
            programme_routes,
            school_routes,
            development_plan_routes,
            import_routes,
            finding_routes,
            finding_cluster_routes,
            held_office_routes,
            cluster_routes,
            membership_routes,
            tool_routes,
            help_routes,
            support_routes,
            plan_routes,
            todo_routes,
            deadline_routes,
            approach_routes,
            activity_routes,
            nudging_routes,
            overview_routes,
            decision_rule_routes,
            proposal_routes,
            joining_routes,
            closing_routes,
            colleague_routes,
            person_routes,
            staff_routes,
            invitation_routes,
            code_routes,
            introduction_routes,
            erasure_routes,
            record_routes,
            office_routes,
            client_routes,
            notice_routes,
            preference_routes,
            bounce_routes,
            opening_routes,
            setting_up_routes,
            act_router(RULES, ACTS, of_school=[allowed(RULES, "school.see_acts", visible_school)]),
            approach_router(RULES),
        ],
        stand=stand,
        load_keys=public_keys,
        http=http,
    )
    app.state.signer = Signer()
    app.state.providers = Providers(
        settings.providers,
        settings.public_url,
        lambda inside: app.state.neighbours.http if inside else app.state.outside,
    )
    return app
