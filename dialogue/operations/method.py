"""How was the last answer worked out, and how far can it be trusted?"""
ABOUT = "talk"
ABOUT_LAST = True
OPTIONS = ("of", "foil", "method")


def talk_facts(ask, domain, memory):
    """The kinds that were answered last; nothing was checked."""
    return {"last": list(dict.fromkeys(str(ask.kind) for ask in memory.asks)) or ["prediction"], "checked": None}


def facts(evidence, domain):
    """The kinds that were answered last, and the reasons that were checked where there were any."""
    result = evidence.result
    last = ["lime" if kind == "why" and result.get("asked") == "lime" else str(kind) for kind in result.of]
    return {"last": last or ["prediction"], "checked": result if result.checks is not None else None}


def suggestions(evidence, domain):
    return [("level.expert", {}), ("model", {}), ("performance", {})]
