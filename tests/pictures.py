"""Pictures as a camera would send them."""

from io import BytesIO

from PIL import Image


def a_picture(width=1200, height=900, kind="JPEG", colour="teal", **written):
    image = Image.new("RGB", (width, height), colour)
    sent = BytesIO()
    image.save(sent, kind, **written)
    return sent.getvalue()


def taken_in_louny():
    """A JPEG lying on its side, whose camera wrote down where it was."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter
    exif[0x010F] = "Camera of Louny"
    exif.get_ifd(0x8825)[1] = "N"
    return a_picture(exif=exif, xmp=b"<x:xmpmeta>Louny, room 12</x:xmpmeta>", comment=b"Louny")


def garbled(content):
    """The same file with its last pixels written wrong."""
    return content[:-60] + bytes(byte ^ 0xFF for byte in content[-60:-10]) + content[-10:]


def opened(content):
    return Image.open(BytesIO(content))
