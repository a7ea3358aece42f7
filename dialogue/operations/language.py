"""Another language from now on."""
from babel import Locale, UnknownLocaleError

ABOUT = "talk"
OPTIONS = ("to",)


def talk_facts(ask, domain, memory):
    """The wanted language as a locale, if it is one."""
    try:
        return {"wanted": Locale.parse(str(ask.get("to") or "en"))}
    except (UnknownLocaleError, ValueError):
        return {"wanted": None}
