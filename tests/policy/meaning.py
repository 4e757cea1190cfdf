"""The words of the policy tables in the scene: whom each rule means there."""

CLIENTS = {"client events", "client diaries", "client web", "client demo"}
MEMBERS = {"teacher", "coordinator", "head", "mentor coordinator"}
STRANGERS = {"stranger", "national coordinator abroad"}
PEOPLE = MEMBERS | STRANGERS | {"national coordinator", "programme coordinator"}
EVERYBODY = PEOPLE | CLIENTS | {"guest", "program"}
IN_SIGHT = MEMBERS | {"national coordinator", "programme coordinator", "program"}

EVERYWHERE = {
    "national coordinator": {"national coordinator"},
    "programme coordinator": {"programme coordinator"},
    "mentor coordinator": {"mentor coordinator"},
    "member": MEMBERS,
    "coordinator": {"coordinator", "mentor coordinator"},
    "leader of the school": {"coordinator", "head"},
    "national coordinator of the country": {"national coordinator"},
    "anyone signed in": PEOPLE,
    "person signed in": PEOPLE,
    "person themselves": PEOPLE,
    "follower": {"client events", "client diaries", "client web"},
    "client with webhooks": {"client demo", "program"},
    "client of a cluster": {"program"},
    "client of the cluster": {"program"},
    "client of a cluster with webhooks": {"program"},
    "operator": {"client demo"},
}
# The school is the mentee's, the person, the author and who proposed something is cara, the organiser anna, and hana
# asked.
MEANING: dict[str, dict[str, set[str]]] = {
    "clusters": EVERYWHERE
    | {
        "oneself": PEOPLE,
        "anyone signed in": EVERYBODY - {"guest"},
        "who works there in person": {"teacher"},
        "mentor coordinator in person": {"mentor coordinator"},
        "mentor coordinator in a bottom up cluster": set(),
        "leader of the school in a bottom up cluster": set(),
        "leader of the school in person": {"coordinator", "head"},
        "mentor coordinator for a teacher": {"mentor coordinator"},
        "national coordinator for a teacher or the first leader": {"national coordinator"},
        "programme coordinator for a teacher or the first leader": {"programme coordinator"},
        "whom it names": {"teacher"},
        "who invited": {"coordinator"},
        "mentor coordinator who invited": set(),
        "national coordinator who invited": set(),
        "mentor coordinator of the client": {"mentor coordinator"},
        "member in person": MEMBERS,
        "who asked for it": {"teacher"},
        "coordinator with whom it is shared": {"coordinator", "mentor coordinator"},
        "programme coordinator once it has climbed": set(),
        "coordinator of the cluster": {"coordinator", "mentor coordinator"},
        "national coordinator in a top down cluster": {"national coordinator"},
        "house setting up": {"client demo"},
        "coordinator of the cluster in person": {"coordinator", "mentor coordinator"},
        "member of a bottom up cluster in person": set(),
        "group of a bottom up cluster": set(),  # nobody asks as a cluster
        "who proposed it": {"teacher"},
        "mentor coordinator in a top down cluster": {"mentor coordinator"},
        "national coordinator for a plan of others": {"national coordinator"},
        "programme coordinator for a plan of others": {"programme coordinator"},
        "holder of an office": {"national coordinator", "national coordinator abroad", "programme coordinator"},
        "leader of some school in person": {"coordinator", "head", "mentor coordinator", "stranger"},
        "neighbour service": {"client events", "client diaries"},
        "client for signing in": {"client web"},
    },
    "events": EVERYWHERE
    | {
        "member of bottom up cluster": set(),
        "organiser": {"mentor coordinator"},
        "coordinator of organising school": {"mentor coordinator"},
        "oneself": {"teacher"},
        "coordinator of their school": {"coordinator", "head"},
    },
    "diaries": EVERYWHERE
    | {
        "anyone who sees it": EVERYBODY,
        "author": {"teacher"},
        "author who is a member": {"teacher"},
        "coordinator of the authors school": {"coordinator", "head"},
        "writer": {"head"},
        "whose it is": {"teacher"},
    },
}

# What else the words mean where the cluster is one that its schools have set up.
IN_BOTTOM_UP = {
    "member of bottom up cluster": MEMBERS,
    "mentor coordinator in a bottom up cluster": {"mentor coordinator"},
    "leader of the school in a bottom up cluster": {"coordinator", "head"},
    "national coordinator in a top down cluster": set(),
    "member of a bottom up cluster in person": MEMBERS,
    "mentor coordinator in a top down cluster": set(),
    "national coordinator for a plan of others": set(),
    "programme coordinator for a plan of others": set(),
}


def meant(service: str, rule: str, approach: str) -> set[str]:
    """Whom a rule means in the scene of this approach."""
    return IN_BOTTOM_UP.get(rule, MEANING[service][rule]) if approach == "bottom_up" else MEANING[service][rule]
