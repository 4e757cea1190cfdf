"""Entries as pages need them."""

from tests.people import told


async def an_entry(author, cluster, reach=None, **words):
    """An entry of this author, published as far as `reach` says."""
    new = {"cluster_id": cluster.id, "title": "A quiet lesson", "text": "We tried it.", "language": "en"}
    entry_id = told(await author.diaries.post("/v1/entries", json=new | words), 201)["id"]
    if reach:
        path = f"/v1/entries/{entry_id}/publication"
        told(await author.diaries.put(path, json={"reach": reach}), 200)
    return entry_id


async def a_comment(person, entry_id, kind="question", text="How long did it take?"):
    path = f"/v1/entries/{entry_id}/comments"
    return told(await person.diaries.post(path, json={"kind": kind, "text": text}), 201)["id"]
