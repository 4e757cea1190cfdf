"""Boards full of notes, drawn for the demonstration year: no photograph of anybody is needed."""

import math
from collections.abc import Sequence
from io import BytesIO
from itertools import count

from PIL import Image, ImageDraw

WIDTH, HEIGHT, NOTE, GAP = 1200, 780, 190, 40
BOARD, FRAME, INK = "#f4f2ec", "#8a7f6d", "#3b3a36"
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
