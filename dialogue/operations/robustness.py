"""How easily does the answer tip over: by small noise, with another model as good, through doubtful features?"""
ABOUT = "case"
OPTIONS = ()


def facts(evidence, domain):
    """The noise told in plain words: the first that turns an answer, else the largest that was tried. `grave` are doubts
    about a value, `unused` are values that the model does not look at."""
    levels, doubts = evidence.result.levels, list(evidence.result.doubts)
    first = evidence.result.flips_from
    told = next((level for level in levels if first is not None and level.noise == first), levels[-1] if levels else None)
    return {"level_told": told, "one": evidence.scope.kind in ("case", "new"),
            "grave": [doubt for doubt in doubts if doubt.code != "unused"],
            "unused": [doubt for doubt in doubts if doubt.code == "unused"]}


def suggestions(evidence, domain):
    return [("keep", {}), ("likelihood", {}), ("mistakes", {}), ("why", {})]
