"""What was sent, made anew as WebP in several sizes: upright, and without place, time and name of the camera."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kit.problems import field_invalid

PREPARING = asyncio.Semaphore(1)  # forty million pixels take 160 MB while they are unpacked

Size = TypeVar("Size", bound=StrEnum)


class NotAPicture(Exception):
    """No picture of a format that is taken, or a broken one."""


class TooManyPixels(Exception):
    """More than forty million pixels to unpack."""


@dataclass(frozen=True)
class Prepared(Generic[Size]):
    """A picture in each size, and the pixels of the largest one."""

    width: int
    height: int
    contents: dict[Size, bytes]


async def prepared(upload: bytes, edges: Mapping[Size, int], *, square: bool = False) -> Prepared[Size]:
    """The picture in its sizes, without holding up anybody else. Raises Invalid at the field `file`."""
    try:
        async with PREPARING:
            return await asyncio.to_thread(_prepare, upload, edges, square)
    except NotAPicture as error:
        raise field_invalid("file", "not_a_picture") from error
    except TooManyPixels as error:
        raise field_invalid("file", "too_many_pixels") from error


def _prepare(upload: bytes, edges: Mapping[Size, int], square: bool) -> Prepared[Size]:
    from kit.pixels import prepare  # with Pillow: who takes no picture goes without its eight megabytes

    return prepare(upload, edges, square=square)
