"""Mechanisms that every service and web share. Nothing here knows what a school is."""

import zoneinfo

# Every process, on every machine, has the zone rules of the locked tzdata package.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()
