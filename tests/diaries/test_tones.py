"""Every mode and depth of a picture keeps its tones: what was grey stays as grey as it was."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from kit.pixels import prepare
from services.diaries.pictures.models import EDGES, Size
from tests.pictures import opened

EDGE = 16
NEAR = 4
GREY, COLOUR, PALETTE, GREY_CLEAR, COLOUR_CLEAR = 0, 2, 3, 4, 6


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(depth, kind, row, *more):
    """A square of sixteen equal rows, with further chunks before the pixels."""
    head = struct.pack(">IIBBBBB", EDGE, EDGE, depth, kind, 0, 0, 0)
    pixels = zlib.compress((b"\0" + row) * EDGE)
    chunks = chunk(b"IHDR", head), *(chunk(*pair) for pair in more), chunk(b"IDAT", pixels), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def deep(*tones):
    return struct.pack(f">{len(tones)}H", *tones)


def halves(left, right):
    return left * (EDGE // 2) + right * (EDGE // 2)


def saved(image, kind, **written):
    sent = BytesIO()
    image.save(sent, kind, **written)
    return sent.getvalue()


def plain(mode, colour, kind, **written):
    return saved(Image.new(mode, (EDGE, EDGE), colour), kind, **written)


def half_clear(grey):
    image = Image.new("LA", (EDGE, EDGE), (grey, 255))
    image.paste((grey, 0), (EDGE // 2, 0, EDGE, EDGE))
    return image


def grey_profile():
    """A profile of a device whose greys are linear: half the light is the value 128."""
    curve = b"curv" + bytes(4) + struct.pack(">I", 0) + bytes(4)
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    said = b"desc" + bytes(4) + struct.pack(">I", 2) + b"g\0" + bytes(78)
    tags, table, at = [(b"desc", said), (b"wtpt", white), (b"kTRC", curve)], b"", 128 + 4 + 3 * 12
    for name, data in tags:
        table += name + struct.pack(">II", at, len(data))
        at += len(data)
    body = struct.pack(">I", 3) + table + b"".join(data for _, data in tags)
    head = struct.pack(">I4sI4s4s4s", 128 + len(body), b"", 0x02400000, b"mntr", b"GRAY", b"XYZ ")
    return head + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + white[8:] + bytes(48) + body


TONES = {
    "PNG, grey of 1 bit": (a_png(1, GREY, b"\x00\xff"), (0, 0, 0), (255, 255, 255)),
    "PNG, grey of 2 bits": (a_png(2, GREY, b"\x55\x55\xaa\xaa"), (85, 85, 85), (170, 170, 170)),
    "PNG, grey of 4 bits": (a_png(4, GREY, halves(b"\x55", b"\xaa")[::2]), (85, 85, 85), (170, 170, 170)),
    "PNG, grey of 8 bits": (a_png(8, GREY, halves(b"\x20", b"\xe0")), (32, 32, 32), (224, 224, 224)),
    "PNG, grey of 16 bits": (a_png(16, GREY, halves(deep(0x2000), deep(0xC000))), (32, 32, 32), (191, 191, 191)),
    "PNG, dark grey of 16 bits": (a_png(16, GREY, halves(deep(0x00FF), deep(0x0400))), (1, 1, 1), (4, 4, 4)),
    "PNG, colour of 16 bits": (
        a_png(16, COLOUR, halves(deep(0x4000, 0x8000, 0xFFFF), deep(0xC000, 0, 0))),
        (64, 128, 255),
        (192, 0, 0),
    ),
    "PNG, palette": (
        a_png(1, PALETTE, b"\x00\xff", (b"PLTE", bytes([10, 100, 200, 250, 150, 50]))),
        (10, 100, 200),
        (250, 150, 50),
    ),
    "PNG, grey with a profile": (plain("L", 128, "PNG", icc_profile=grey_profile()), (188, 188, 188), (188, 188, 188)),
    "JPEG, grey": (plain("L", 90, "JPEG"), (90, 90, 90), (90, 90, 90)),
    "JPEG, CMYK": (plain("CMYK", (0, 128, 255, 0), "JPEG", quality=95), (255, 127, 0), (255, 127, 0)),
    "JPEG, CMYK with a profile of something else": (
        plain("CMYK", (0, 128, 255, 0), "JPEG", quality=95, icc_profile=grey_profile()),
        (255, 127, 0),
        (255, 127, 0),
    ),
    "AVIF, grey": (plain("L", 90, "AVIF"), (90, 90, 90), (90, 90, 90)),
    "WebP": (plain("RGB", (10, 200, 90), "WEBP", lossless=True), (10, 200, 90), (10, 200, 90)),
    "GIF": (plain("P", 1, "GIF"), (1, 1, 1), (1, 1, 1)),
}
CLEAR = {
    "PNG, grey of 8 bits and alpha": (a_png(8, GREY_CLEAR, halves(b"\x80\xff", b"\x80\x00")), 128),
    "PNG, grey of 16 bits and alpha": (a_png(16, GREY_CLEAR, halves(deep(0x8000, 0xFFFF), deep(0x8000, 0))), 128),
    "PNG, colour of 16 bits and alpha": (
        a_png(16, COLOUR_CLEAR, halves(deep(0x8000, 0x8000, 0x8000, 0xFFFF), deep(0x8000, 0x8000, 0x8000, 0))),
        128,
    ),
    "PNG, one grey of 16 bits is clear": (
        a_png(16, GREY, halves(deep(0x8000), deep(0x9000)), (b"tRNS", deep(0x9000))),
        128,
    ),
    "PNG, palette with alpha": (
        a_png(1, PALETTE, b"\x00\xff", (b"PLTE", bytes([128, 128, 128, 9, 9, 9])), (b"tRNS", b"\xff\x00")),
        128,
    ),
    "PNG, grey with a profile and alpha": (
        saved(half_clear(128), "PNG", icc_profile=grey_profile()),
        188,
    ),
}


def shown(content):
    return opened(prepare(content, EDGES).contents[Size.large])


def near(has, had):
    return all(abs(one - other) <= NEAR for one, other in zip(has, had, strict=True))


@pytest.mark.parametrize(("content", "left", "right"), TONES.values(), ids=TONES.keys())
def test_a_picture_keeps_its_tones(content, left, right):
    picture = shown(content).convert("RGB")
    assert near(picture.getpixel((2, 8)), left)
    assert near(picture.getpixel((13, 8)), right)


@pytest.mark.parametrize(("content", "grey"), CLEAR.values(), ids=CLEAR.keys())
def test_what_is_clear_stays_clear_and_the_rest_as_it_was(content, grey):
    picture = shown(content)
    assert near(picture.getpixel((2, 8)), (grey, grey, grey, 255))
    assert picture.getpixel((13, 8))[3] == 0


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_its_first_moment_is_kept(kind):
    red, blue = (Image.new("RGB", (EDGE, EDGE), colour) for colour in ((200, 0, 0), (0, 0, 200)))
    picture = shown(saved(red, kind, save_all=True, append_images=[blue], duration=100)).convert("RGB")
    assert near(picture.getpixel((8, 8)), (200, 0, 0))
