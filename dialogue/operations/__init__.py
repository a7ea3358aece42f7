"""The kinds of question, one file each; the folder listing is the list of what can be asked.

A file `<kind>.py` has
    ABOUT      what an empty subject means: "case" (the case at hand), "model" (everyone) or "talk" (nobody)
    OPTIONS    names of the options that its ask may carry
and, each optional,
    facts(evidence, domain) -> dict            what its template may name besides the evidence itself:
                                               selections and splits, never a new number
    talk_facts(ask, domain, memory) -> dict    the same for a kind that needs no evidence (ABOUT = "talk")
    query_facts(query, domain, memory) -> dict the same from the resolved Query, for what the talk itself is about
    figures(evidence, domain, words) -> list   drawings, see dialogue/phrasing/figures/
    attachments(evidence, domain) -> list      files to keep: (key of `files` in phrases.yaml, what it is of, its template)
    suggestions(evidence, domain) -> list      what to ask next: (key in suggestions.yaml, its slots)
    NEEDS_OUTCOMES                             True: not for a model that estimates a number, and not offered there
    at_level(ask, level) -> Ask                the ask as it is computed for readers of this level
    ABOUT_LAST                                 True: it is about what was asked last (option `of`: those kinds), of the same subject
    LEANED_ON                                  True: needs no evidence, and yet what is said next may lean on it ("and age?")
The evidence is handed in traced (`dialogue/phrasing/trace.py`): entries are attributes, numbers know their place.
Its words stand in `dialogue/languages/<code>/templates/<kind>.md.jinja`, example questions in
`dialogue/languages/<code>/examples/<kind>.yaml`, its evidence comes from the explainer that PRODUCES the kind.
"""
import importlib
import pkgutil
from functools import lru_cache


@lru_cache
def operations():
    """kind -> module, found by looking through this folder."""
    return {entry.name: importlib.import_module(f"dialogue.operations.{entry.name}")
            for entry in pkgutil.iter_modules(__path__)}
