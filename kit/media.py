"""The media store: bytes under a key, in a folder of this machine or in an S3 bucket; the same words for both.

Addresses are `file:///var/lib/staffroom/media` and `s3://bucket/prefix`. Keys, region and endpoint of a bucket are read
from the usual `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION` and `AWS_ENDPOINT_URL`.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from fastapi import Request
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from kit.problems import NotFound, Unavailable

TIMEOUT = timedelta(seconds=10)


@dataclass(frozen=True)
class Media:
    """What lies at `url`. Every verb raises Unavailable when the store does not answer."""

    url: str

    @cached_property
    def _store(self) -> ObjectStore:
        if self.url.startswith("file://"):
            return LocalStore.from_url(self.url, mkdir=True, automatic_cleanup=True)
        return S3Store.from_url(
            self.url,
            client_options={"allow_http": True, "timeout": TIMEOUT},
            retry_config={"max_retries": 2, "retry_timeout": TIMEOUT},
        )

    async def put(self, key: str, content: bytes) -> None:
        with _answering():
            await self._store.put_async(key, content)

    async def get(self, key: str) -> bytes:
        """Raises NotFound."""
        with _answering():
            found = await self._store.get_async(key)
            return bytes(await found.bytes_async())

    async def delete(self, keys: Sequence[str]) -> None:
        with _answering():
            await self._store.delete_async(list(keys))

    async def keys_before(self, moment: datetime | None, prefix: str) -> AsyncIterator[list[str]]:
        """The keys below `prefix` that were written before this moment, or all (None), some at a time."""
        with _answering():
            async for some in self._store.list(prefix):
                yield [item["path"] for item in some if moment is None or item["last_modified"] < moment]


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound from error
    except (BaseError, OSError) as error:
        raise Unavailable from error


def media_of(request: Request) -> Media:
    """For `Depends`: the store of this service."""
    media: Media = request.app.state.media
    return media
