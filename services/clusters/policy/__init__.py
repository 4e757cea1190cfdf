"""Who may do what in clusters, and while what: one table, by area. Any of the rules of a row lets an actor in."""

from kit.policy import Rules
from services.clusters.policy.clusters import CLUSTERS
from services.clusters.policy.deciding import DECIDING
from services.clusters.policy.directory import DIRECTORY
from services.clusters.policy.doors import DOORS
from services.clusters.policy.help import HELP
from services.clusters.policy.overviews import OVERVIEWS
from services.clusters.policy.plans import PLANS
from services.clusters.policy.post import POST
from services.clusters.policy.todos import TODOS
from services.roster.rules import IN_EVERY_SERVICE

RULES: Rules = {
    **DIRECTORY,
    **POST,
    **CLUSTERS,
    **HELP,
    **PLANS,
    **TODOS,
    **DECIDING,
    **OVERVIEWS,
    **DOORS,
    **IN_EVERY_SERVICE,
}
