from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.facts import record
from kit.ids import new_id
from kit.imaging import Prepared
from kit.locking import lock
from kit.problems import Unauthenticated
from services.clusters.directory.cards.models import Card, Portrait, PortraitSize
from services.clusters.directory.cards.schemas import CardIn
from services.clusters.directory.people.models import Person
from services.clusters.facts import CardChanged


async def change_card(db: AsyncSession, person_id: UUID, said: CardIn) -> None:
    """Raises Unauthenticated for who left meanwhile."""
    card = await _card_of(db, person_id)
    for name, value in said.model_dump().items():
        setattr(card, name, value)
    _tell(db, person_id)


async def set_portrait(db: AsyncSession, person_id: UUID, image: Prepared[PortraitSize]) -> UUID:
    """The id of the new one. Raises Unauthenticated for who left meanwhile."""
    await _card_of(db, person_id)
    portrait = await db.get(Portrait, person_id) or Portrait(person_id=person_id, small=b"", large=b"")
    portrait.id = new_id()
    portrait.small, portrait.large = image.contents[PortraitSize.small], image.contents[PortraitSize.large]
    db.add(portrait)
    _tell(db, person_id)
    return portrait.id


async def remove_portrait(db: AsyncSession, person_id: UUID) -> None:
    """Nobody sees it from now on; its bytes are gone."""
    await _card_of(db, person_id)
    if portrait := await db.get(Portrait, person_id):
        await db.delete(portrait)
        _tell(db, person_id)


async def _card_of(db: AsyncSession, person_id: UUID) -> Card:
    # Locked, so that nothing is said by who leaves for good meanwhile, and what is said first is said once.
    person = await lock(db, Person, person_id, key_share=True)
    if person.left_at:
        raise Unauthenticated
    card = await db.get(Card, person_id)
    if card is None:
        card = Card(person_id=person_id)
        db.add(card)
        await db.flush()
    return card


def _tell(db: AsyncSession, person_id: UUID) -> None:
    record(db, CardChanged(person_id=person_id), actor_id=person_id)
