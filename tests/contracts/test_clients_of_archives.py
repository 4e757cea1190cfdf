"""Contracts of web's client of what people take along."""

from io import BytesIO
from zipfile import ZipFile

from tests.contracts.conftest import refused
from web.clients.diaries.archives import Archives


async def test_archives(house, cluster, asked_as):
    archives = asked_as(cluster.cara, Archives)
    assert await archives.mine() == []
    await archives.ask_for()
    (asked,) = await archives.mine()
    assert (asked.made_at, asked.parts) == (None, 0)
    await house.catch_up()
    (made,) = await archives.mine()
    assert made.made_at
    content = await archives.part(made.id, 1)
    assert len(content) == made.bytes
    assert "index.html" in ZipFile(BytesIO(content)).namelist()
    assert await refused(archives.part(made.id, 2)) == 404
