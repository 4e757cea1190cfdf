"""What was sent, made anew as WebP in two sizes: upright, and without place, time and name of the camera."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from services.diaries.pictures.models import EDGES, Size

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MOST_PIXELS = 40_000_000
QUALITY = 80
UNREADABLE = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError)


class NotAPicture(Exception):
    """No picture of a format that is taken, or a broken one."""


class TooManyPixels(Exception):
    """More than forty million pixels to unpack."""


@dataclass(frozen=True)
class Prepared:
    """A picture in each size, and the pixels of the large one."""

    width: int
    height: int
    contents: dict[Size, bytes]


def prepare(upload: bytes) -> Prepared:
    """Raises NotAPicture, TooManyPixels."""
    try:
        large = _reduced(_opened(upload), Size.large)
    except UNREADABLE as error:
        raise NotAPicture from error
    large = _in_srgb(large)
    small = _reduced(large.copy(), Size.small)
    return Prepared(*large.size, {Size.large: _written(large), Size.small: _written(small)})


def _opened(upload: bytes) -> Image.Image:
    image = Image.open(BytesIO(upload), formats=FORMATS)
    # A JPEG is unpacked at a fraction of its pixels where that is enough.
    image.draft("RGB", (EDGES[Size.large], EDGES[Size.large]))
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    upright = ImageOps.exif_transpose(image)
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _reduced(image: Image.Image, size: Size) -> Image.Image:
    image.thumbnail((EDGES[size], EDGES[size]))
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """The same colours without a profile of their own, as phones write them."""
    profile = image.info.get("icc_profile")
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB")) or image
    return image


def _written(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
