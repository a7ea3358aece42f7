"""How easily does the answer tip over: by small noise, with another model as good, through doubtful features?"""
ABOUT = "case"
OPTIONS = ()


def facts(evidence, domain):
    """The noise told in plain words: the first that turns an answer, else the largest that was tried."""
    levels = evidence.result.levels
    first = evidence.result.flips_from
    told = next((level for level in levels if first is not None and level.noise == first), levels[-1] if levels else None)
    return {"level_told": told, "one": evidence.result.outcome is not None}


def suggestions(evidence, domain):
    return [("keep", {}), ("likelihood", {}), ("mistakes", {}), ("why", {})]
