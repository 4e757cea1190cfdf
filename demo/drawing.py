"""Boards full of notes, faces and a logo, drawn for the demonstration year: no photograph of anybody is needed."""

import math
from collections.abc import Sequence
from io import BytesIO
from itertools import count

from PIL import Image, ImageDraw

WIDTH, HEIGHT, NOTE, GAP = 1200, 780, 190, 40
BOARD, FRAME, INK = "#f4f2ec", "#8a7f6d", "#3b3a36"
FACE = 400
HAIR, SKIN = ("#4a3728", "#8d5a2b", "#2f2a28", "#b9b4ac"), ("#f1c9a5", "#d9a066", "#a8683a")
SHIRTS = ("#3b5b7a", "#7a3b4f", "#43693f")
COLOURS = {"yellow": "#f6d55c", "green": "#8fc98a", "blue": "#8db9e8", "pink": "#f0a6b4"}


def board(columns: Sequence[Sequence[str]]) -> bytes:
    """A PNG of a board with a column of notes for each list of colours, always the same for the same lists."""
    image = Image.new("RGB", (WIDTH, HEIGHT), BOARD)
    ImageDraw.Draw(image).rectangle((0, 0, WIDTH - 1, HEIGHT - 1), outline=FRAME, width=24)
    number = count(1)
    left = (WIDTH - len(columns) * (NOTE + GAP)) // 2
    for place, column in enumerate(columns):
        for row, colour in enumerate(column):
            note = _note(colour, next(number))
            image.paste(note, (left + place * (NOTE + GAP), 90 + row * (NOTE + GAP // 2)), note)
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def face(colour: str, number: int) -> bytes:
    """A PNG of somebody who is nobody: hair, a head and shoulders, a little different for each number."""
    image = Image.new("RGB", (FACE, FACE), COLOURS[colour])
    pen = ImageDraw.Draw(image)
    hair, skin, shirt = HAIR[number % len(HAIR)], SKIN[number // 2 % len(SKIN)], SHIRTS[number % len(SHIRTS)]
    length = 60 + number * 53 % 130
    pen.rounded_rectangle((104, 92, 296, 200 + length), 96, fill=hair)
    pen.ellipse((50, 290, 350, 560), fill=shirt)
    pen.rounded_rectangle((168, 240, 232, 320), 30, fill=skin)
    pen.ellipse((122, 110, 278, 290), fill=skin)
    pen.pieslice((112, 88, 288, 270), 180 + number % 3 * 8, 360 - number % 2 * 14, fill=hair)
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def sign() -> bytes:
    """A PNG of the programme's logo: four schools that meet, with nothing behind them."""
    image = Image.new("RGBA", (900, 300))
    pen = ImageDraw.Draw(image)
    for place, colour in enumerate(COLOURS.values()):
        left = 20 + place * 210
        pen.polygon([(left, 150), (left + 115, 40), (left + 230, 150)], fill=colour)
        pen.rectangle((left + 25, 150, left + 205, 260), fill=colour)
        pen.rectangle((left + 95, 190, left + 135, 260), fill=FRAME)
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _note(colour: str, number: int) -> Image.Image:
    """A note, a little askew, with two or three lines of a hand that nobody can read."""
    note = Image.new("RGBA", (NOTE, NOTE), COLOURS[colour])
    pen = ImageDraw.Draw(note)
    for line in range(2 + number % 2):
        end = NOTE - 30 - (number * 17 + line * 29) % 60
        height = 50 + line * 42
        wave = [(x, height + 7 * math.sin(x / 5 + number + line)) for x in range(24, end, 3)]
        pen.line(wave, fill=INK, width=4)
    return note.rotate((number * 7) % 11 - 5, resample=Image.Resampling.BICUBIC, expand=True)
