"""Lists that somebody brings: tried out, brought in, and what became of their rows."""

from typing import Any

from tests.people import told


def a_csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


async def read(asker: Any, kind: str, data: bytes, **more: Any) -> Any:
    form = {"kind": kind, "zone": "Europe/Prague"} | ({} if "school_id" in more else {"country": "CZ"}) | more
    return await asker.clusters.post("/v1/imports", data=form, files={"file": ("list.csv", data)})


async def tried(house: Any, asker: Any, kind: str, data: bytes, scheme: str = "", **more: Any) -> tuple[str, Any]:
    """Its path and what it is, once it was tried out with the columns that were found."""
    made = told(await read(asker, kind, data, **more), 201)
    path = f"/v1/imports/{made['id']}"
    columns = [column["field"] for column in made["columns"]]
    told(await asker.clusters.put(f"{path}/columns", json={"columns": columns, "scheme": scheme}))
    await house.catch_up()
    return path, told(await asker.clusters.get(path))


async def brought_in(house: Any, asker: Any, kind: str, data: bytes, scheme: str = "", **more: Any) -> Any:
    path, _ = await tried(house, asker, kind, data, scheme, **more)
    told(await asker.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    return told(await asker.clusters.get(path))


async def wrong_rows(asker: Any, path: str) -> list[tuple[int, str, str]]:
    """What is wrong: the number of the row, its column and the reason."""
    rows = await rows_of(asker, path, "wrong")
    return [(row["number"], one["column"], one["code"]) for row in rows for one in row["wrong"]]


async def rows_of(asker: Any, path: str, outcome: str) -> list[Any]:
    """The rows of which this becomes."""
    page = told(await asker.clusters.get(f"{path}/rows", params={"outcome": outcome, "limit": 100}))
    return list(page["items"])
