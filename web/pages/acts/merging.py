"""Lists of three services as one list, the newest first, which goes on in each of them after what was shown of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from web.clients.acts import Act, ActPage

BEGINNING, END, BETWEEN = "", "-", "."

Cursors: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Merged:
    """`next` is where the list goes on, None at its end."""

    items: list[Act]
    next: str | None


def cursors_in(after: str | None, services: Sequence[str]) -> Cursors | None:
    """Where the list of each service goes on; None where somebody made that up."""
    said = after.split(BETWEEN) if after else [BEGINNING] * len(services)
    return dict(zip(services, said, strict=True)) if len(said) == len(services) else None


def merged(pages: Mapping[str, ActPage | None], cursors: Cursors, limit: int) -> Merged:
    """The next `limit` of all that the services answered; one that is away (None) goes on where it was."""
    told = [(act.at, act, service) for service, page in pages.items() if page for act in page.items]
    shown = sorted(told, key=lambda one: one[0], reverse=True)[:limit]
    last = dict(cursors) | {service: act.cursor for _, act, service in shown}
    has_more = False
    for service, page in pages.items():
        if page is None:
            continue
        left = len(page.items) > sum(of == service for _, _, of in shown) or page.next is not None
        has_more = has_more or left
        last[service] = last[service] if left else END
    return Merged(
        [act for _, act, _ in shown], BETWEEN.join(last[service] for service in cursors) if has_more else None
    )
