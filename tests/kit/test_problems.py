"""What a service answers when its database is gone."""

import asyncpg
import httpx
from fastapi import FastAPI

from kit.problems import install
from tests.people import refusal


async def test_a_connection_that_was_closed_meanwhile_is_a_reason_to_try_again(house):
    app = FastAPI()
    install(app)

    @app.get("/")
    async def ask():
        connection = await asyncpg.connect(house.urls["clusters"])
        await connection.close()
        await connection.fetchval("select 1")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service.test") as asker:
        assert refusal(await asker.get("/")) == (503, "unavailable")
