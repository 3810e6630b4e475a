"""Where a place is, as widely as points at nobody: "place in West Yorkshire"."""

import re
import tomllib
from functools import cache

from themes.deidentify.wording.lexicon import is_town
from themes.deidentify.wording.listed import list_text

WIDE_KINDS = {
    "nations": "nation",
    "regions": "region",
    "counties": "county",
    "cities": "town",
    "towns": "town",
    "countries": "place abroad",
}
"""The groups of wide_places.toml, and what a place of each is."""


@cache
def regions() -> frozenset[str]:
    """Every region that a surrogate may name. Each has 100,000 people or more."""
    return frozenset(tomllib.loads(list_text("regions.toml"))["regions"])


def region_of(place: str) -> str:
    """The region a place is in; empty where the gazetteer does not know it, or knows several of that name.

    >>> region_of("haworth"), region_of("Berwick upon Tweed"), region_of("Newport"), region_of("Nowheresby")
    ('West Yorkshire', 'Northumberland', '', '')
    """
    return _regions_by_place().get(_plain(place), "")


def kind_and_region(place: str) -> str:
    """What may be said of a place that is not named; empty if nothing is known of it.

    >>> kind_and_region("Haworth"), kind_and_region("Leeds"), kind_and_region("Kent"), kind_and_region("Nowheresby")
    ('place in West Yorkshire', 'town in West Yorkshire', 'county', '')
    """
    # First, because a small place may have a great one's name: Newcastle in County Down, Wales in South Yorkshire.
    if wide := _kinds_by_wide_place().get(_plain(place)):
        return wide
    region = region_of(place)
    if not region or _plain(place) == _plain(region):
        return "region" if region else ""
    return f"{'town' if is_town(place) else 'place'} in {region}"


def place_kinds() -> frozenset[str]:
    """Everything that `kind_and_region` may say."""
    among = {f"{kind} in {region}" for kind in ("town", "place") for region in regions()}
    return frozenset(among | set(WIDE_KINDS.values()))


def _plain(place: str) -> str:
    plain = " ".join(place.casefold().replace("-", " ").replace("’", "'").removeprefix("the ").split())
    return re.sub(r"^(?:saint|st\.) ", "st ", plain)


@cache
def _regions_by_place() -> dict[str, str]:
    lines = list_text("regions_gb.tsv").splitlines()
    return {_plain(name): region for name, region in (line.split("\t") for line in lines[1:])}


@cache
def _kinds_by_wide_place() -> dict[str, str]:
    table = tomllib.loads(list_text("wide_places.toml"))
    return {_plain(name): WIDE_KINDS[group] for group, entry in table.items() for name in entry["names"]}
