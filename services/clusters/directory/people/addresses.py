"""Mail addresses: one form of each to keep and compare, and the form that every mail server reads."""

import unicodedata
from email.errors import MessageError
from email.headerregistry import Address as MailAddress

import idna
from pydantic_core import PydanticCustomError


def comparable(mail: str) -> str:
    """Composed, in lower case, the domain in its own script; one that mail servers do not deliver to is refused."""
    local, _, domain = unicodedata.normalize("NFC", mail).lower().rpartition("@")
    if not local.isascii():
        raise PydanticCustomError("mail_not_ascii", "many servers take only ASCII before the @")
    try:
        MailAddress(addr_spec=for_servers(f"{local}@{domain}"))
        return f"{local}@{_in_own_script(domain)}"
    except (ValueError, IndexError, MessageError) as error:
        raise PydanticCustomError("mail_invalid", "not a mail address") from error


def for_servers(mail: str) -> str:
    """With the domain in ASCII, as it stands in headers, envelopes and calendars. Raises ValueError."""
    local, _, domain = mail.rpartition("@")
    return f"{local}@{domain if domain.isascii() else idna.encode(domain, uts46=True).decode()}"


def _in_own_script(domain: str) -> str:
    if domain.isascii() and "xn--" not in domain:
        return domain
    return idna.decode(idna.encode(domain, uts46=True))
