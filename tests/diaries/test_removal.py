"""Deleting entries and comments, and changing comments."""

import asyncio
from datetime import timedelta

from kit.media import Media
from services.diaries.base import Base
from services.diaries.pictures import actions
from tests.diaries.writing import add_picture, comment, publish, published, read, reply, start
from tests.people import an_official, refusal, told, wrong_fields


async def remove(asker, entry_id, version=None):
    if_match = f'"{version}"' if version else "*"
    return await asker.diaries.delete(f"/v1/entries/{entry_id}", headers={"if-match": if_match})


def at(entry_id, comment_id):
    return f"/v1/entries/{entry_id}/comments/{comment_id}"


async def change(asker, entry_id, comment_id, text, version=1):
    headers = {"if-match": f'"{version}"'}
    return await asker.diaries.put(at(entry_id, comment_id), json={"text": text}, headers=headers)


async def take_back(asker, entry_id, comment_id, version=1):
    return await asker.diaries.delete(at(entry_id, comment_id), headers={"if-match": f'"{version}"'})


async def facts_of(house, entry_id):
    return [
        (row["kind"], row["cluster_id"] is not None)
        for row in await house.rows(
            "diaries", "select kind, cluster_id from fact where data->>'entry_id' = $1 order by seq", entry_id
        )
    ]


async def kept_of(house, entry_id):
    """How many rows each table keeps of an entry."""
    tables = ("entry", "publication", "picture", "comment", "entry_removal")
    return {
        table: len(await house.rows("diaries", f"select 1 from {table} where {key}::text = $1", entry_id))
        for table in tables
        for key in ["id" if table == "entry" else "entry_id"]
    }


def test_what_hangs_on_an_entry_or_a_comment_goes_with_it():
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            whole = key.column.table.name
            if whole in {"entry", "comment"} and whole != table.name:
                assert key.ondelete == "CASCADE", f'{key.parent}: say ondelete="CASCADE" at its foreign key'


async def test_a_deleted_draft_is_really_gone(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    told(await change(cluster.marie, entry_id, question, "How long did it really take?"))
    told(await cluster.marie.diaries.put(f"{at(entry_id, question)}/resolution"), 204)
    told(await reply(cluster.dan, entry_id, question), 201)
    told(await add_picture(cluster.cara, entry_id), 201)
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    told(await remove(cluster.cara, entry_id), 204)
    assert refusal(await read(cluster.cara, entry_id)) == (404, "not-found")
    assert refusal(await remove(cluster.cara, entry_id)) == (404, "not-found")
    assert set((await kept_of(house, entry_id)).values()) == {0}
    assert (await facts_of(house, entry_id))[-1] == ("entry.removed", False)
    drafts = told(await cluster.cara.diaries.get("/v1/today"))["drafts"]
    assert entry_id not in [draft["id"] for draft in drafts]


async def test_a_deleted_entry_is_out_of_everybodys_sight_with_its_comments_and_pictures(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    told(await comment(cluster.marie, entry_id), 201)
    picture = told(await add_picture(cluster.cara, entry_id), 201)["id"]
    told(await remove(cluster.cara, entry_id), 204)
    for asker in (cluster.cara, cluster.anna, await an_official(house, "national_coordinator", "CZ")):
        assert refusal(await read(asker, entry_id)) == (410, "taken-back")
        shown = await asker.diaries.get(f"/v1/entries/{entry_id}/pictures/{picture}")
        assert refusal(shown) == (410, "taken-back")
        for path in ("/v1/entries", "/v1/public-entries", "/v1/today"):
            assert entry_id not in (await asker.diaries.get(path)).text
    assert refusal(await read(house.guest, entry_id)) == (404, "not-found")
    assert (await facts_of(house, entry_id))[-1] == ("entry.removed", True)
    (row,) = await house.rows("diaries", 'select "by", at from entry_removal where entry_id::text = $1', entry_id)
    assert row["by"] == cluster.cara.id
    assert (await kept_of(house, entry_id))["picture"] == 0


async def test_nothing_more_happens_to_a_deleted_entry(house, cluster):
    entry_id = await published(cluster.cara, cluster, "everyone")
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    told(await remove(cluster.cara, entry_id), 204)
    assert refusal(await read(house.guest, entry_id)) == (410, "taken-back")
    words = {"title": "Again", "text": "", "language": "en"}
    for answer in (
        await remove(cluster.cara, entry_id),
        await publish(cluster.cara, entry_id),
        await comment(cluster.marie, entry_id),
        await reply(cluster.marie, entry_id, question),
        await add_picture(cluster.cara, entry_id),
        await cluster.cara.diaries.put(f"/v1/entries/{entry_id}", json=words, headers={"if-match": "*"}),
    ):
        assert refusal(answer) == (410, "taken-back")


async def test_the_author_deletes_and_who_publishes_for_others_only_takes_back(cluster):
    entry_id = await published(cluster.cara, cluster)
    offered = {
        name for name, asker in cluster.everybody.items() if "remove" in told(await read(asker, entry_id))["can"]
    }
    assert offered == {"cara"}
    for asker in (cluster.anna, cluster.ben, cluster.hana, cluster.dan):
        assert refusal(await remove(asker, entry_id)) == (403, "forbidden")
    told(await cluster.ben.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    told(await remove(cluster.cara, entry_id), 204)


async def test_who_deletes_has_seen_what_they_delete(cluster):
    entry_id = await start(cluster.cara, cluster)
    words = {"title": "Changed in another tab", "text": "More", "language": "en"}
    told(await cluster.cara.diaries.put(f"/v1/entries/{entry_id}", json=words, headers={"if-match": '"1"'}))
    assert refusal(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}")) == (428, "precondition-required")
    assert refusal(await remove(cluster.cara, entry_id, 1)) == (412, "changed")
    told(await remove(cluster.cara, entry_id, 2), 204)


async def test_two_deletions_at_once_end_in_one(house, cluster):
    entry_id = await start(cluster.cara, cluster)
    answers = await asyncio.gather(*(remove(cluster.cara, entry_id) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [204, 404, 404, 404]
    assert [kind for kind, _ in await facts_of(house, entry_id)].count("entry.removed") == 1


async def test_comments_and_pictures_that_come_while_an_entry_is_deleted_are_refused_or_gone_with_it(house, cluster):
    for _ in range(5):
        entry_id = await published(cluster.cara, cluster)
        answers = await asyncio.gather(
            comment(cluster.marie, entry_id), remove(cluster.cara, entry_id), add_picture(cluster.cara, entry_id)
        )
        assert {answer.status_code for answer in answers} <= {201, 204, 410}
        assert refusal(await read(cluster.marie, entry_id)) == (410, "taken-back")
        assert (await kept_of(house, entry_id))["picture"] == 0


async def test_the_bytes_of_a_deleted_entrys_pictures_are_swept_away(house, cluster, monkeypatch):
    monkeypatch.setattr(actions, "SETTLED", timedelta(seconds=-5))
    entry_id = await published(cluster.cara, cluster)
    told(await add_picture(cluster.cara, entry_id), 201)
    told(await remove(cluster.cara, entry_id), 204)
    media = Media(house.settings["diaries"].media_url)
    assert await actions.sweep_pictures(house.database("diaries").pool, media) >= 2


async def test_an_edited_comment_says_so_and_its_former_words_are_kept(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id, text="How long?"), 201)["id"]
    assert told(await change(cluster.marie, entry_id, question, "  How long in all?  "))["version"] == 2
    (shown,) = told(await read(cluster.dan, entry_id))["comments"]
    assert (shown["text"], shown["version"]) == ("How long in all?", 2)
    assert shown["edited_at"]
    rows = await house.rows("diaries", 'select text, "by", at from former_text where comment_id::text = $1', question)
    assert [(row["text"], row["by"]) for row in rows] == [("How long?", cluster.marie.id)]
    assert (await facts_of(house, entry_id))[-1] == ("comment.changed", True)


async def test_a_comment_is_changed_by_its_writer_alone_who_has_seen_its_last_words(cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    for asker in (cluster.cara, cluster.anna, cluster.dan):
        assert refusal(await change(asker, entry_id, question, "Mine")) == (403, "forbidden")
        assert refusal(await take_back(asker, entry_id, question)) == (403, "forbidden")
    assert wrong_fields(await change(cluster.marie, entry_id, question, " ")) == {"/text": "string_too_short"}
    told(await change(cluster.marie, entry_id, question, "Second"))
    assert refusal(await change(cluster.marie, entry_id, question, "Third")) == (412, "changed")
    assert refusal(await take_back(cluster.marie, entry_id, question)) == (412, "changed")


async def test_a_comment_without_answers_goes_without_a_trace_of_its_words(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    told(await change(cluster.marie, entry_id, question, "Other words"))
    told(await take_back(cluster.marie, entry_id, question, 2), 204)
    assert told(await read(cluster.dan, entry_id))["comments"] == []
    assert refusal(await take_back(cluster.marie, entry_id, question, 2)) == (404, "not-found")
    assert not await house.rows("diaries", "select 1 from former_text where comment_id::text = $1", question)
    assert (await facts_of(house, entry_id))[-1] == ("comment.removed", True)
    (listed,) = (e for e in told(await cluster.dan.diaries.get("/v1/entries"))["items"] if e["id"] == entry_id)
    assert listed["comments"] == 0


async def test_a_comment_with_answers_leaves_its_place_until_the_last_answer_goes(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    answer = told(await reply(cluster.dan, entry_id, question), 201)["id"]
    told(await take_back(cluster.marie, entry_id, question), 204)
    place, answered = told(await read(cluster.marie, entry_id))["comments"]
    assert (place["text"], place["author"], place["school"], place["can"]) == ("", "", "", ["reply"])
    assert place["removed_at"]
    assert answered["text"] == "Two hours"
    assert await house.rows("diaries", "select 1 from comment where id::text = $1 and text = ''", question)
    assert refusal(await take_back(cluster.marie, entry_id, question)) == (409, "comment-taken-back")
    assert refusal(await change(cluster.marie, entry_id, question, "Again")) == (409, "comment-taken-back")
    resolved = await cluster.cara.diaries.put(f"{at(entry_id, question)}/resolution")
    assert refusal(resolved) == (409, "comment-taken-back")
    (listed,) = (e for e in told(await cluster.dan.diaries.get("/v1/entries"))["items"] if e["id"] == entry_id)
    assert listed["comments"] == 1
    told(await take_back(cluster.dan, entry_id, answer), 204)
    assert told(await read(cluster.marie, entry_id))["comments"] == []


async def test_an_answer_that_comes_while_its_comment_is_taken_back_stays_readable_or_is_refused(cluster):
    for _ in range(5):
        entry_id = await published(cluster.cara, cluster)
        question = told(await comment(cluster.marie, entry_id), 201)["id"]
        answered, gone = await asyncio.gather(
            reply(cluster.dan, entry_id, question), take_back(cluster.marie, entry_id, question)
        )
        assert (answered.status_code, gone.status_code) in {(201, 204), (404, 204)}
        shown = told(await read(cluster.cara, entry_id))["comments"]
        assert [one["text"] for one in shown] == (["", "Two hours"] if answered.status_code == 201 else [])


async def test_nobody_is_told_of_a_comment_that_was_taken_back_before(house, cluster):
    entry_id, other = await published(cluster.cara, cluster), await published(cluster.cara, cluster)
    taken = told(await comment(cluster.marie, entry_id), 201)["id"]
    told(await comment(cluster.marie, other), 201)
    told(await take_back(cluster.marie, entry_id, taken), 204)
    told(await remove(cluster.cara, other), 204)
    await house.catch_up()
    assert told(await cluster.cara.clusters.get("/v1/notices"))["items"] == []
    assert not await house.rows("diaries", "select 1 from pgqueuer where entrypoint = 'comment.tell'")
