"""Make `tasks/model/countries.json` from the npm package world-countries (ODbL 1.0; see README.md, Licences).

npm pack world-countries@5.1.0 && tar xf world-countries-5.1.0.tgz
python training/gazetteer/make_countries.py package/countries.json
"""

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[2] / "tasks" / "model" / "countries.json"
TOO_SHORT = 3  # two-letter codes ("IN", "US") are words or stand in gazetteer.toml


def row(country: dict[str, Any]) -> dict[str, Any]:
    """Return what the gazetteer needs of one country."""
    demonyms = country.get("demonyms", {}).get("eng", {})
    spellings = [name for name in country["altSpellings"] if len(name) > TOO_SHORT and name.isascii()]
    names = {country["name"]["common"], country["name"]["official"], *spellings}
    return {
        "code": country["cca2"],
        "name": country["name"]["common"],
        "names": sorted(names),
        "demonyms": sorted({demonyms.get("m", ""), demonyms.get("f", "")} - {""}),
        "capitals": country.get("capital", []),
    }


def main() -> None:
    """Write the file."""
    countries = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = sorted((row(country) for country in countries), key=lambda one: str(one["code"]))
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in rows)
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(rows)} countries written to {TARGET.name}")


if __name__ == "__main__":
    main()
