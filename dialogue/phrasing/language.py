"""One language: its phrases, templates and grammar, found by its folder `dialogue/languages/<code>/`."""
import importlib
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dialogue.phrasing.trace import Code, Number, Record, Unsaid

FOLDER = Path(__file__).resolve().parent.parent / "languages"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Language:
    """Words of one language. Templates are compiled when first used and kept."""

    def __init__(self, code):
        self.code = code
        self.path = FOLDER / code
        self.locale = Locale.parse(code)
        self.grammar = importlib.import_module(f"dialogue.languages.{code}.grammar")

    def read(self, name):
        return yaml.load((self.path / name).read_text(encoding="utf-8"), LOADER)

    @cached_property
    def phrases(self):
        return self.read("phrases.yaml")

    @cached_property
    def suggestions(self):
        return self.read("suggestions.yaml")

    @cached_property
    def terms(self):
        return self.read("terms.yaml")

    @cached_property
    def problems(self):
        return self.read("problems.yaml")

    @cached_property
    def environment(self):
        environment = Environment(loader=FileSystemLoader(self.path / "templates"), undefined=StrictUndefined,
                                  trim_blocks=True, lstrip_blocks=True, autoescape=False, finalize=_printable,
                                  auto_reload=False, extensions=["jinja2.ext.do"])
        from dialogue.phrasing.filters import FILTERS, GLOBALS
        environment.filters.update(FILTERS)
        environment.globals.update(GLOBALS)
        return environment

    def template(self, name):
        return self.environment.get_template(f"{name}.md.jinja")

    def has_template(self, name):
        return (self.path / "templates" / f"{name}.md.jinja").is_file()

    def phrase(self, key):
        """The entry at `a.b.c` of phrases.yaml; raises Unsaid where the language lacks it."""
        found = self.phrases
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise Unsaid(f"{self.code} has no phrase {key}")
            found = found[part]
        return found

    def term(self, word):
        """The entry of a technical word by its name or one of its other names, with `name`; None if there is none."""
        wanted = " ".join(str(word or "").lower().replace("-", " ").split())
        for name, entry in self.terms.items():
            names = [name.lower(), *entry["names"]]
            if wanted in (other.lower().replace("-", " ") for other in names):
                return {"name": self.term_name(name), **entry}
        return None

    def term_name(self, name):
        """What the entry `name` of terms.yaml is called: other languages than English say it in `names` first."""
        return name if self.code == "en" else self.terms[name]["names"][0]

    def has_phrase(self, key):
        try:
            return bool(self.phrase(key))
        except Unsaid:
            return False


def _printable(value):
    """What a template may print: text that a formatter or the language made."""
    if value is None or isinstance(value, (Number, Code, Record, float, int, list, tuple, dict)):
        raise Unsaid(f"printed without a formatter: {value!r} {getattr(value, 'place', '')}")
    return value


@lru_cache
def language(code):
    """The language `code`; English where there is no such folder."""
    return Language(code if (FOLDER / code / "phrases.yaml").is_file() else "en")


def spoken():
    """Codes of the languages that there are."""
    return sorted(path.parent.name for path in FOLDER.glob("*/phrases.yaml"))
