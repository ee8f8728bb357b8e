"""Units of measure and of money: what kind each is of and how large, so that values in two units can be compared.

Names are stems, as in `Quantity.unit`.
"""

from __future__ import annotations

from stemmata.language.wording import stem

_PREFIXES = {
    "micro": ("μ", 1e-6), "milli": ("m", 1e-3), "centi": ("c", 1e-2), "kilo": ("k", 1e3), "mega": ("m", 1e6),
    "giga": ("g", 1e9), "tera": ("t", 1e12),
}  # fmt: skip
_SMALL, _LARGE = ("micro", "milli", "centi", "kilo"), ("kilo", "mega", "giga", "tera")
_METRIC = (  # unit, kind, size, the prefixes that it takes, its sign (none where it is a word or another sign too)
    ("meter", "length", 1.0, _SMALL, "m"),
    ("gram", "weight", 1.0, _SMALL, "g"),
    ("liter", "volume", 1.0, _SMALL, "l"),
    ("watt", "power", 1.0, _LARGE, "w"),
    ("watthour", "energy", 1.0, _LARGE, "wh"),
    ("byte", "data", 1.0, _LARGE, "b"),
    ("bit", "data", 1 / 8, _LARGE, ""),
    ("hertz", "frequency", 1.0, _LARGE, "hz"),
    ("ton", "weight", 1e6, ("kilo", "mega"), ""),
    ("volt", "voltage", 1.0, ("milli", "kilo"), ""),
    ("joule", "energy", 1 / 3600, _LARGE, ""),
)
_OTHERS = {
    "length": {"inch": 0.0254, "foot": 0.3048, "yard": 0.9144, "mile": 1609.3},
    "area": {"acre": 4046.9, "hectare": 1e4},
    "weight": {"ounce": 28.35, "pound": 453.6, "stone": 6350.3},
    "volume": {"pint": 0.473, "quart": 0.946, "gallon": 3.785, "barrel": 159.0, "cubic meter": 1e3},
    "power": {"horsepower": 745.7},
    "time": {
        "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12,
        "year": 365.25, "decade": 3652.5, "century": 36525.0,
    },
}  # fmt: skip
PERIODS = _OTHERS["time"] | {  # of what something lasts, or is told of, in days
    "night": 1.0, "fortnight": 14.0, "quarter": 365.25 / 4, "season": 365.25, "annum": 365.25, "hourly": 1 / 24,
    "daily": 1.0, "nightly": 1.0, "weekly": 7.0, "monthly": 365.25 / 12, "quarterly": 365.25 / 4, "yearly": 365.25,
    "annually": 365.25,
}  # fmt: skip
_CURRENCIES = (
    "dollar euro yen rupee rouble cent penny crown franc peso yuan lira baht dinar dirham riyal rand shekel zloty "
    "forint ringgit shilling naira taka"
)
MEASURES: dict[str, tuple[str, float]] = {}  # unit -> kind, size; no currency is of the kind of another
ONE_FORM = {  # other names and signs of a unit
    "ft": "foot", "yd": "yard", "ha": "hectar", "tonn": "ton", "t": "ton", "kilo": "kilogram",
    "gramm": "gram", "kilogramm": "kilogram", "lb": "pound", "lbs": "pound", "oz": "ounc", "mcg": "microgram",
    "sec": "second", "secs": "second", "min": "minut", "mins": "minut", "hr": "hour", "hrs": "hour",
    "rupe": "rupee", "roubl": "rouble", "rubl": "rouble", "pens": "penny", "kron": "crown", "krona": "crown",
    "kroner": "crown", "kronor": "crown", "renminbi": "yuan", "shil": "shilling",
}  # fmt: skip

for _name, _kind, _size, _prefixes, _sign in _METRIC:
    MEASURES[stem(_name)] = _kind, _size
    if _sign not in ("m", "b"):  # "5m", "5b" are millions and billions
        ONE_FORM |= {_sign: stem(_name)} if _sign else {}
    for _prefix in _prefixes:
        _short, _factor = _PREFIXES[_prefix]
        _long = stem(_prefix + _name)
        MEASURES[_long] = _kind, _size * _factor
        ONE_FORM |= {_short + _sign: _long} if _sign else {}
for _kind, _sizes in _OTHERS.items():
    MEASURES |= {stem(_name): (_kind, _size) for _name, _size in _sizes.items()}
for _name, (_kind, _size) in list(MEASURES.items()):
    if _kind == "length":
        MEASURES["square " + _name] = "area", _size**2
        MEASURES["cubic " + _name] = "volume", _size**3 * 1e3
MEASURES |= {name: (name, 1.0) for name in _CURRENCIES.split()}


def ratio(unit: str, other: str) -> float | None:
    """How many of `other` one of `unit` is: 0 where the two are of different kinds, None where one is not known."""
    if unit not in MEASURES or other not in MEASURES:
        return None
    (kind, size), (other_kind, other_size) = MEASURES[unit], MEASURES[other]
    return size / other_size if kind == other_kind else 0.0
