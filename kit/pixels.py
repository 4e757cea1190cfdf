"""A picture unpacked, turned upright, reduced and written as WebP. No I/O."""

import struct
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from kit.imaging import NotAPicture, Prepared, Size, TooManyPixels

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MOST_PIXELS = 40_000_000
QUALITY = 80
SIXTEEN_BITS = 2**16
OPAQUE, CLEAR = {"1": "L", "P": "RGB"}, {"1": "LA", "L": "LA", "P": "RGBA", "RGB": "RGBA"}
EIGHT_OF_SIXTEEN = [round(tone / 257) for tone in range(SIXTEEN_BITS)]
# What Pillow raises for broken files: a RuntimeError for AVIF, a struct.error or a TypeError for EXIF data cut short.
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


def prepare(upload: bytes, edges: Mapping[Size, int], *, square: bool = False) -> Prepared[Size]:
    """With at most so many pixels at the longest edge of each size; `square`: the middle of it.

    Raises NotAPicture, TooManyPixels.
    """
    most = max(edges.values())
    try:
        image = _opened(upload, most)
        large = _in_srgb(_reduced(_middle(image) if square else image, most))
    except UNREADABLE as error:
        raise NotAPicture from error
    contents = {size: _written(_reduced(large.copy(), edge)) for size, edge in edges.items()}
    return Prepared(*large.size, contents)


def _middle(image: Image.Image) -> Image.Image:
    """Its largest square around the middle."""
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def _opened(upload: bytes, most: int) -> Image.Image:
    image = Image.open(BytesIO(upload), formats=FORMATS)
    # A JPEG is unpacked at a fraction of its pixels where that is enough.
    image.draft("RGB", (most, most))
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    return _of_tones(ImageOps.exif_transpose(image))


def _of_tones(image: Image.Image) -> Image.Image:
    """With eight bits for each tone, so that it can be made smaller: no palette, no single bits, no sixteen."""
    if image.mode.startswith("I"):
        return _of_eight_bits(image)
    modes = CLEAR if image.has_transparency_data else OPAQUE
    return image.convert(modes.get(image.mode, image.mode))


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """A grey of sixteen bits; Pillow itself would cut off all tones but the 255 darkest."""
    deep = image.convert("I")
    grey = deep.point(EIGHT_OF_SIXTEEN, "L")
    clear = image.info.get("transparency")
    if clear is None:
        return grey
    opaque = deep.point([0 if tone == clear else 255 for tone in range(SIXTEEN_BITS)], "L")
    return Image.merge("LA", (grey, opaque))


def _reduced(image: Image.Image, edge: int) -> Image.Image:
    image.thumbnail((edge, edge))
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """The same colours as every screen shows them, without a profile of their own as phones and printers write."""
    colours = image.convert(image.mode.removesuffix("A"))
    shown = _through(image.info.get("icc_profile"), colours) or colours.convert("RGB")
    if colours.mode != image.mode:
        shown.putalpha(image.getchannel("A"))
    return shown


def _through(profile: bytes | None, colours: Image.Image) -> Image.Image | None:
    """None for no profile, a broken one, or one for other colours."""
    if not profile:
        return None
    with suppress(ImageCms.PyCMSError, OSError):
        own, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(colours, own, screen, outputMode="RGB")
    return None


def _written(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
