"""Codes of the second step: what an app shows now, and what lies in a drawer; pure."""

import hmac
import secrets
import unicodedata
from datetime import datetime

from pyotp import TOTP, random_base32

DIGITS, SECONDS, AROUND = 6, 30, 1
RECOVERY_CODES, RECOVERY_LENGTH, GROUP = 10, 16, 4
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another


def new_key() -> str:
    """160 random bits, as apps take them."""
    return random_base32(32)


def address_of(key: str, name: str) -> str:
    """What an app reads off a picture."""
    return TOTP(key).provisioning_uri(name=name, issuer_name="Staffroom")


def one_form(code: str) -> str:
    """The same however it is typed: without gaps, in capitals, its digits in any script."""
    kept = (letter for letter in code if letter.isalnum())
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter.upper() for letter in kept)


def is_of_app(code: str) -> bool:
    return len(code) == DIGITS and code.isdigit()


def step_of(key: str, code: str, at: datetime, after: int) -> int | None:
    """The half minute whose code this is, later than `after`; a clock may be one of them early or late."""
    app, now = TOTP(key), int(at.timestamp()) // SECONDS
    steps = [step for step in range(now - AROUND, now + AROUND + 1) if step > after]
    return next((step for step in steps if hmac.compare_digest(app.generate_otp(step), code)), None)


def new_recovery_codes() -> list[str]:
    return [_new_recovery_code() for _ in range(RECOVERY_CODES)]


def _new_recovery_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, RECOVERY_LENGTH, GROUP))
