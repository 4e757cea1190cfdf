"""The media store says the same whether it is a folder or a bucket."""

import json
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from kit.clock import now
from kit.media import Media
from kit.problems import NotFound, Unavailable
from tests.ports import free_ports

KEY, SECRET = "staffroom", "school-to-school"
PARTS = ("master", "volume", "filer", "s3")
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    """The address of a bucket on an S3 server of this machine, and what a process sets to reach it."""
    program = shutil.which("weed", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("there is no S3 server on this machine")
    folder = tmp_path_factory.mktemp("s3")
    identity = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    names = [f"{part}.{kind}" for part in PARTS for kind in ("port", "port.grpc")]
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    options = [
        "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-filer", "-s3", f"-s3.config={folder / 's3.json'}",
        "-master.volumeSizeLimitMB=64", "-volume.max=8", "-s3.port.iceberg=0", "-s3.port.lance=0",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]  # fmt: skip
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([program, "-logtostderr", "server", *options], stdout=log, stderr=log)
    try:
        yield "s3://media/of/staffroom", f"http://127.0.0.1:{ports['s3.port']}"
    finally:
        server.kill()
        server.wait()


@pytest.fixture(params=["folder", "bucket"])
async def media(request, tmp_path, monkeypatch):
    if request.param == "folder":
        return Media((tmp_path / "media").as_uri())
    url, endpoint = request.getfixturevalue("bucket")
    settings = {"ACCESS_KEY_ID": KEY, "SECRET_ACCESS_KEY": SECRET, "REGION": "eu-central-1", "ENDPOINT_URL": endpoint}
    for name, value in settings.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    store = Media(url)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            await store.put("ready", b"")
            break
        except Unavailable:
            continue
    return store


async def test_what_is_put_is_got_until_it_is_deleted(media):
    await media.put("pictures/1/large.webp", b"large")
    await media.put("pictures/1/small.webp", b"small")
    assert await media.get("pictures/1/large.webp") == b"large"
    await media.put("pictures/1/large.webp", b"larger")
    assert await media.get("pictures/1/large.webp") == b"larger"
    await media.delete(["pictures/1/large.webp"])
    with pytest.raises(NotFound):
        await media.get("pictures/1/large.webp")
    assert await media.get("pictures/1/small.webp") == b"small"


async def test_keys_are_listed_by_age(media):
    await media.put("letters/2/large.webp", b"")
    await media.put("elsewhere", b"")

    async def keys(moment):
        return [key async for some in media.keys_before(moment, "letters") for key in some]

    assert await keys(now() - MINUTE) == []
    assert await keys(now() + MINUTE) == ["letters/2/large.webp"]


async def test_a_folder_that_nobody_may_write_to_does_not_answer():
    with pytest.raises(Unavailable):
        await Media("file:///proc/nowhere").put("a", b"")
