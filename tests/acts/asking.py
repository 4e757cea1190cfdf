"""What tests ask the audit."""

from tests.house import MODULES
from tests.people import told


async def acts(asker, path, services=MODULES, **params):
    """Every act of these services at this path: the first page of each, the newest first."""
    found = [
        act for service in services for act in told(await asker[service].get(f"/v1{path}", params=params))["items"]
    ]
    return sorted(found, key=lambda act: act["at"], reverse=True)


async def kinds(asker, path, services=MODULES, **params):
    return [act["kind"] for act in await acts(asker, path, services, **params)]


async def refused(asker, path):
    """The statuses with which the services refuse it."""
    return {(await asker[service].get(f"/v1{path}")).status_code for service in MODULES}


async def aims(asker, cluster_id, goals="More reading"):
    """Somebody says anew what the cluster is for."""
    shown = await asker.clusters.get(f"/v1/clusters/{cluster_id}")
    body = {"priorities": "", "goals": goals}
    path, version = f"/v1/clusters/{cluster_id}/aims", str(shown.json()["version"])
    return told(await asker.clusters.put(path, json=body, headers={"if-match": f'"{version}"'}))
