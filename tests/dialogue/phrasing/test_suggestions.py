"""Every suggestion that real answers offer, asked as the next question, is understood as what it was made from, and answered."""
import pytest

from app.pipeline import respond
from dialogue.operations import operations
from dialogue.phrasing.language import language
from dialogue.phrasing.parts import Part, hoped_for
from dialogue.phrasing.suggestions import made_from
from dialogue.phrasing.trace import traced
from dialogue.phrasing.words import Words
from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain
from explainers.explain import methods
from explainers.types import Ask, Change, Query, Subject
from explainers.workspace import open_workspace

DOMAINS = ("credit", "heart", "grades")
SLOW = ("interactions", "robustness", "fairness", "mistakes", "importance", "influence", "method")


@pytest.fixture(scope="module")
def spaces():
    return {name: open_workspace(name) for name in DOMAINS}


def queries(domain):
    """About a few cases: each kind, about a feature where it needs one, and a what-if."""
    names = [name for name, feature in domain.features.items() if feature.type == "number" and not feature.immutable][:2]
    for place, case in enumerate(domain.cases.index[[2, 40]]):
        for kind in methods():
            if kind not in operations() or place and kind in SLOW:
                continue
            options = {"features": names[:1 if kind != "boundary" else 2]} if "features" in operations()[kind].OPTIONS else {}
            about = Subject(case=case) if operations()[kind].ABOUT == "case" else Subject(everyone=True)
            yield case, Query(subject=about, asks=(Ask(kind, options),))
        yield case, Query(subject=Subject(case=case), changes=(Change(names[0], "times", 1.5),), asks=(Ask("prediction"),))


@pytest.mark.parametrize("code", ["en", "de"])
@pytest.mark.parametrize("name", DOMAINS)
def test_what_is_offered_is_understood_as_it_is_meant(name, code, spaces):
    space, wrong, tried = spaces[name].speaking(code), [], set()
    for case, query in queries(space.domain):
        turn = respond("?", Memory(language=code).about(case), space, picked=query)
        assert turn.answer.status == "understood", (query, turn.answer.text)
        meant = meanings(turn, space.domain, code)
        for text in turn.answer.suggestions:
            key, slots = meant[text]
            asked = (text, tuple(ask.kind for ask in turn.memory.asks))
            if asked in tried:
                continue
            tried.add(asked)
            found = understand(Question(text, code, turn=turn.memory.turn + 1), turn.memory, space.domain)
            if not as_meant(found, key, slots, text):
                wrong.append((text, key, found.to_json()))
    assert not wrong, (len(wrong), len(tried), wrong[:6])
    assert len(tried) > 40


def meanings(turn, domain, code):
    """Text of each suggestion -> (key, slots) that it is made from."""
    words = Words(domain, language(code), turn.answer.level, turn.question.turn)
    parts = []
    for place, evidence in enumerate(turn.evidence):
        words.about(evidence)
        module = operations()[evidence.kind]
        wrapped = traced(evidence.to_json(), f"evidence.{place}")
        wanted = module.suggestions(wrapped, domain)
        well = hoped_for(wrapped, module.facts(wrapped, domain) if hasattr(module, "facts") else {}, domain)
        estimates = {"why": "value", "prediction": "value", "likelihood": "value", "role": "score"}
        amount = evidence.result.get(estimates.get(evidence.kind)) if domain.regression else None
        parts.append(Part(evidence.kind, suggestions=tuple(wanted), amount=amount, hoped_for=well))
    return dict(made_from(parts, words, turn.memory))


def as_meant(query, key, slots, text):
    """The one kind, about the features and values of the slots."""
    kind = key.split(".")[0]
    if query.status != "understood" or [ask.kind for ask in query.asks] != [kind]:
        return False
    features = {str(value[1]) for name, value in slots.items() if name == "feature"}
    changes = {change.feature: change.value for change in query.changes}
    options = query.asks[0].options
    named = set(changes) | set(options.get("features") or ()) | set(options.get("without") or ())
    values = [value[1] for value in slots.values() if isinstance(value, tuple) and value[0] == "value"]
    return named == features and all(str(changes.get(next(iter(features)))) in (str(value), f"{float(value):g}" if _number(value) else "")
                                     for value in values)


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
