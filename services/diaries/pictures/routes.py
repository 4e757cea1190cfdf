from typing import Annotated, Any

from fastapi import Depends, Form, Query, UploadFile
from fastapi.responses import Response

from kit.db import Db
from kit.idempotency import UnderWay, waits
from kit.imaging import prepared
from kit.media import Media, media_of
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import located, router
from services.diaries.entries.queries import TakenBack, VisibleEntry, visible_entry
from services.diaries.pictures import actions
from services.diaries.pictures.models import EDGES, Picture, Size, key_of
from services.diaries.pictures.queries import VisiblePicture, visible_picture
from services.diaries.pictures.schemas import Description, PictureOut
from services.diaries.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/entries/{entry_id}/pictures", "pictures")
refused = documented(Forbidden, NotFound, TakenBack)
Store = Annotated[Media, Depends(media_of)]
WEBP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture", "content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}}}
}


@routes.post(
    "", status_code=201, response_model=PictureOut, responses=refused | documented(UnderWay, actions.EntryFull)
)
@located("/v1/entries/{entry_id}/pictures/{id}")
@waits
async def add_picture(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.edit", visible_entry)],
    file: UploadFile,
    description: Annotated[Description, Form()],
    actor: CurrentMember,
    media: Store,
    db: Db,
) -> Picture:
    """Add a JPEG, PNG, WebP, AVIF or GIF of at most 12 MB; it is kept without place, time and name of the camera."""
    assert actor.id
    image = await prepared(await file.read(), EDGES)
    return await actions.add_picture(db, media, found.entry, image, description, actor.id)


@routes.get("/{picture_id}", response_class=Response, responses=documented(NotFound, TakenBack) | WEBP)
async def show_picture(
    found: Annotated[VisiblePicture, allowed(RULES, "entry.read", visible_picture)],
    media: Store,
    size: Annotated[Size, Query(description="The longest edge: 800 or 1600 pixels")] = Size.large,
) -> Response:
    """The picture, for whoever reads the entry."""
    content = await media.get(key_of(found.picture_id, size))
    return Response(content, media_type="image/webp", headers={"ETag": f'"{found.picture_id}-{size}"'})


@routes.delete("/{picture_id}", status_code=204, responses=refused)
async def remove_picture(
    found: Annotated[VisiblePicture, allowed(RULES, "entry.remove_picture", visible_picture)],
    actor: CurrentMember,
    db: Db,
) -> None:
    """Take a picture out of the entry."""
    assert actor.id
    await actions.remove_picture(db, found.entry, found.picture_id, actor.id)
