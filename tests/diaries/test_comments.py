"""What peers answer."""

import asyncio
import email
import email.policy
from uuid import uuid4

import pytest

from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.kinds.wording import spoken_in, write_letter
from services.clusters.post.notices.messages import Letter, message
from tests.diaries.writing import comment, publish, published, read, reply, start
from tests.people import a_cluster, refusal, told, wrong_fields


async def told_about(house, asker):
    await house.catch_up()
    notices = told(await asker.clusters.get("/v1/notices"))["items"]
    return [(notice["kind"], notice["params"]["as"], notice["news"]) for notice in notices]


@pytest.mark.parametrize("kind", ["takeaway", "question", "suggestion"])
async def test_a_peer_answers_and_the_author_hears(house, cluster, kind):
    entry_id = await published(cluster.cara, cluster)
    told(await comment(cluster.marie, entry_id, kind), 201)
    (shown,) = told(await read(cluster.dan, entry_id))["comments"]
    assert (shown["kind"], shown["author"], shown["language"]) == (kind, "Marie Malá", "en")
    assert await told_about(house, cluster.cara) == [("comment_posted", kind, 1)]
    assert await told_about(house, cluster.marie) == []


async def test_the_mail_has_the_comment_in_its_language_and_the_notice_has_not(house, cluster):
    entry_id = await published(cluster.cara, cluster, language="cs", title="Čtenářský kroužek")
    told(await comment(cluster.dan, entry_id, text="كم استغرق ذلك؟\n\n<b>حقًا</b>", language="ar"), 201)
    await house.run_jobs("diaries")
    (row,) = await house.rows(
        "clusters", "select params from mail where person_id = $1 and kind = 'comment_posted'", cluster.cara.id
    )
    subject, text = write_letter(
        KINDS["comment_posted"], row["params"], name="C", language="en", zone="UTC", base_url="http://x"
    )
    assert (subject, "دان" in text) == ("\u2068دان\u2069 asks about “Čtenářský kroužek”", True)
    assert {"\u2068كم استغرق ذلك؟\u2069", "\u2068<b>حقًا</b>\u2069"} <= set(text.splitlines())
    letter = Letter(
        id=uuid4(), name="C", mail="c@school.test", subject=subject, language="en", text=text, calendar=None,
        spoken=spoken_in(KINDS["comment_posted"], row["params"], "en"),
    )  # fmt: skip
    sent = bytes(message("Staffroom <us@house.test>", letter))
    html = email.message_from_bytes(sent, policy=email.policy.default).get_body(("html",)).get_content()
    assert '<span lang="ar" dir="rtl">\u2068كم استغرق ذلك؟\u2069</span>' in html
    assert '<span lang="ar" dir="rtl">\u2068&lt;b&gt;حقًا&lt;/b&gt;\u2069</span>' in html
    assert '<span lang="cs" dir="ltr">Čtenářský kroužek</span>' in html
    (notice,) = told(await cluster.cara.clusters.get("/v1/notices"))["items"]
    assert "text" not in notice["params"]


async def test_a_draft_is_not_discussed(cluster):
    entry_id = await start(cluster.cara, cluster)
    assert refusal(await comment(cluster.cara, entry_id)) == (409, "still-a-draft")
    assert refusal(await comment(cluster.dan, entry_id)) == (404, "not-found")


async def test_a_stranger_cannot_even_tell_that_the_entry_exists(house, cluster):
    other = await a_cluster(house)
    entry_id = await published(cluster.cara, cluster)
    assert refusal(await comment(other.anna, entry_id)) == (404, "not-found")
    assert refusal(await comment(house.guest, entry_id)) == (401, "unauthenticated")
    assert refusal(await comment(house.guest, uuid4())) == (401, "unauthenticated")


async def test_of_what_is_public_strangers_read_and_members_write(house, cluster):
    other = await a_cluster(house)
    entry_id = await published(cluster.cara, cluster, "everyone")
    assert refusal(await comment(house.guest, entry_id)) == (401, "unauthenticated")
    assert refusal(await comment(other.anna, entry_id)) == (403, "forbidden")


async def test_everybody_in_a_thread_hears_a_reply_but_whoever_wrote_it(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    await house.catch_up()
    told(await reply(cluster.dan, entry_id, question), 201)
    await house.catch_up()
    told(await reply(cluster.cara, entry_id, question), 201)
    assert await told_about(house, cluster.marie) == [("comment_posted", "reply", 2)]
    assert await told_about(house, cluster.dan) == [("comment_posted", "reply", 1)]
    assert [kind for _, kind, _ in await told_about(house, cluster.cara)] == ["reply"]


async def test_who_reads_the_entry_no_more_hears_nothing_of_its_comments(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.dan, entry_id), 201)["id"]
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.hear()
    told(await reply(cluster.marie, entry_id, question), 201)
    told(await reply(cluster.ben, entry_id, question), 201)
    await house.catch_up()
    assert [await mails_about_comments(house, name, cluster) for name in ("dan", "marie")] == [0, 1]
    told(await publish(cluster.cara, entry_id, "everyone"))
    told(await reply(cluster.ben, entry_id, question), 201)
    await house.catch_up()
    assert await mails_about_comments(house, "dan", cluster) == 1


async def test_what_is_taken_back_before_anybody_is_told_is_told_to_nobody(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.dan, entry_id), 201)["id"]
    told(await reply(cluster.marie, entry_id, question), 201)
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    await house.catch_up()
    assert [await mails_about_comments(house, name, cluster) for name in ("cara", "dan", "marie")] == [0, 0, 0]


async def mails_about_comments(house, name, cluster):
    of_person = "select 1 from mail where person_id = $1 and kind = 'comment_posted'"
    return len(await house.rows("clusters", of_person, getattr(cluster, name).id))


async def test_a_reply_to_a_reply_stays_in_its_thread(cluster):
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    first = told(await reply(cluster.dan, entry_id, question), 201)["id"]
    told(await reply(cluster.cara, entry_id, first), 201)
    comments = told(await read(cluster.dan, entry_id))["comments"]
    assert [one["parent_id"] for one in comments] == [None, question, question]


async def test_a_comment_of_another_entry_is_not_here(cluster):
    entry_id, other = await published(cluster.cara, cluster), await published(cluster.cara, cluster)
    question = told(await comment(cluster.marie, entry_id), 201)["id"]
    assert refusal(await reply(cluster.dan, other, question)) == (404, "not-found")


async def test_a_question_is_resolved_by_who_asked_or_wrote(cluster):
    entry_id = await published(cluster.cara, cluster)
    asked = [told(await comment(cluster.marie, entry_id), 201)["id"] for _ in range(2)]
    where = [f"/v1/entries/{entry_id}/comments/{question}/resolution" for question in asked]
    assert refusal(await cluster.dan.diaries.put(where[0])) == (403, "forbidden")
    told(await cluster.marie.diaries.put(where[0]), 204)
    told(await cluster.marie.diaries.put(where[0]), 204)
    told(await cluster.cara.diaries.put(where[1]), 204)
    assert all(one["resolved_at"] for one in told(await read(cluster.dan, entry_id))["comments"])


async def test_a_question_resolved_by_two_at_once_is_resolved(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    asked = told(await comment(cluster.cara, entry_id), 201)["id"]
    where = f"/v1/entries/{entry_id}/comments/{asked}/resolution"
    answers = await asyncio.gather(*(cluster.cara.diaries.put(where) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {204}
    facts = await house.rows(
        "diaries", "select 1 from fact where kind = 'question.resolved' and data->>'comment_id' = $1", asked
    )
    assert len(facts) == 1


async def test_a_takeaway_has_nothing_to_resolve(cluster):
    entry_id = await published(cluster.cara, cluster)
    posted = told(await comment(cluster.marie, entry_id, "takeaway"), 201)["id"]
    answer = await cluster.cara.diaries.put(f"/v1/entries/{entry_id}/comments/{posted}/resolution")
    assert refusal(answer) == (409, "not-a-question")


async def test_the_verbs_that_are_offered_are_the_verbs_that_work(cluster):
    entry_id = await published(cluster.cara, cluster)
    told(await comment(cluster.marie, entry_id), 201)
    offered = {
        name: told(await read(asker, entry_id))["comments"][0]["can"] for name, asker in cluster.everybody.items()
    }
    assert offered == {
        "anna": ["reply"],
        "marie": ["reply", "resolve", "change", "remove"],
        "ben": ["reply"],
        "hana": ["reply"],
        "cara": ["reply", "resolve"],
        "dan": ["reply"],
    }


async def test_a_comment_says_something(cluster):
    entry_id = await published(cluster.cara, cluster)
    assert wrong_fields(await comment(cluster.dan, entry_id, text="   ")) == {"/text": "string_too_short"}
    assert wrong_fields(await comment(cluster.dan, entry_id, text="x" * 2001)) == {"/text": "string_too_long"}
    assert wrong_fields(await comment(cluster.dan, entry_id, kind="reply")) == {"/kind": "literal_error"}
    told(await comment(cluster.dan, entry_id, text="نص عربي"), 201)


async def test_two_megabytes_are_too_much(cluster):
    entry_id = await published(cluster.cara, cluster)
    assert refusal(await comment(cluster.dan, entry_id, text="x" * 2_000_000)) == (413, "too-large")
