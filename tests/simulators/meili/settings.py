"""Settings of an index: their defaults, and which a server refuses."""

from typing import Any

from tests.simulators.meili.answers import Json, Refused, check_fields

KNOWN_LISTED = (
    "displayedAttributes searchableAttributes filterableAttributes sortableAttributes foreignKeys rankingRules"
    " stopWords nonSeparatorTokens separatorTokens dictionary synonyms distinctAttribute proximityPrecision"
    " typoTolerance faceting pagination embedders searchCutoffMs localizedAttributes facetSearch prefixSearch chat"
)
KNOWN = KNOWN_LISTED.split()
RULES = ("words", "typo", "proximity", "attribute", "sort", "exactness")
DEFAULTS: Json = {
    "displayedAttributes": ["*"],
    "searchableAttributes": ["*"],
    "filterableAttributes": [],
    "sortableAttributes": [],
    "rankingRules": list(RULES),
    "stopWords": [],
    "nonSeparatorTokens": [],
    "separatorTokens": [],
    "dictionary": [],
    "synonyms": {},
    "distinctAttribute": None,
    "proximityPrecision": "byWord",
    "typoTolerance": {
        "enabled": True,
        "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
        "disableOnWords": [],
        "disableOnAttributes": [],
        "disableOnNumbers": False,
    },
    "faceting": {"maxValuesPerFacet": 100, "sortFacetValuesBy": {"*": "alpha"}},
    "pagination": {"maxTotalHits": 1000},
    "embedders": {},
    "searchCutoffMs": None,
    "localizedAttributes": None,
    "facetSearch": True,
    "prefixSearch": "indexingTime",
}


def whole(sent: Json) -> Json:
    """Return the settings of an index with the defaults of those that were never sent."""
    return {name: _with(value, sent.get(name)) for name, value in DEFAULTS.items()}


def check(sent: Json) -> None:
    """Refuse settings that are none."""
    check_fields(sent, KNOWN)
    for place, rule in enumerate(sent.get("rankingRules", [])):
        if rule not in RULES and not rule.endswith((":asc", ":desc")):
            words = f"Invalid value at `.rankingRules[{place}]`: `{rule}` ranking rule is invalid. Valid ranking rules"
            rest = "are words, typo, sort, proximity, attribute, exactness and custom ranking rules."
            raise Refused(400, "invalid_settings_ranking_rules", f"{words} {rest}")


def _with(default: Any, sent: Any) -> Any:  # noqa: ANN401  # of foreign JSON
    if isinstance(default, dict) and isinstance(sent, dict):
        return {**default, **sent}
    return default if sent is None else sent
