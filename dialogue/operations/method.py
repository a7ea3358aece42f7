"""How was the last answer worked out?"""
ABOUT = "talk"
OPTIONS = ()


def talk_facts(ask, domain, memory):
    """The kinds that were answered last."""
    return {"last": list(dict.fromkeys(str(ask.kind) for ask in memory.asks)) or ["prediction"]}


def suggestions(evidence, domain):
    return [("level.expert", {}), ("model", {}), ("performance", {})]
