"""What does a feature mean, and which values can it take? Answered from the domain's own words."""
from dialogue.phrasing.trace import traced

ABOUT = "talk"
LEANED_ON = True
OPTIONS = ("features",)
VALUES = 8


def talk_facts(ask, domain, memory):
    """Each feature asked about (all, where none is named) as the domain describes it."""
    names = [str(name) for name in ask.get("features") or []]
    names = [column for name in names for column in _columns(name, domain)]
    return {"defined": [traced(described(domain.features[name]), f"domain.features.{name}") for name in names],
            "everything": [traced({"name": p.name}, "domain.players").name for p in domain.players], "most": VALUES}


def _columns(name, domain):
    if name in domain.features:
        return [name]
    return [column for player in domain.players if player.name == name for column in player.columns]


def described(feature):
    return {"feature": feature.name, "type": feature.type, "description": feature.description, "unit": feature.unit,
            "low": feature.low, "high": feature.high, "values": list((feature.values or {}).keys()),
            "immutable": feature.immutable, "why_immutable": feature.why_immutable, "sensitive": feature.sensitive}


def suggestions(evidence, domain):
    return [("why", {}), ("importance", {}), ("show", {})]
