"""A teacher takes along all that is kept about her: she asks, is told, and fetches it."""

from io import BytesIO
from zipfile import ZipFile

from tests.web.browser import form_to


async def test_it_is_asked_for_and_fetched(house, web, cluster, ben):
    (to,) = (await ben.see("/profile")).select("a[href='/profile/archive']")
    answer = await ben.submit(form_to(await ben.see(to["href"]), "/profile/archive"))
    assert "It is being packed. You are told when it is there." in answer.page.text
    assert not answer.page.select("main form")
    long_ago = "update archive set asked_at = asked_at - $2 * interval '1 minute' where person_id = $1"
    await house.rows("diaries", long_ago, cluster.ben.id, 61)
    assert (await ben.see("/profile/archive")).select("main form"), "another can be asked for"
    await house.rows("diaries", long_ago, cluster.ben.id, -61)
    await house.catch_up()
    await web.hear()
    assert "What is kept about you is packed: fetch it" in (await ben.see("/notices")).text
    (link,) = (await ben.see("/profile/archive")).select("a[download]")
    answer = await ben.http.get(link["href"])
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="staffroom-1.zip"'
    assert "record.json" in ZipFile(BytesIO(answer.content)).namelist()


async def test_what_is_not_there_is_said(ben):
    await ben.see("/profile/archive/01980000-0000-7000-8000-000000000000/1", status=404)
