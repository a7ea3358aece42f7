"""From what was found to a Query: status, subject, changes, asks, choices and a confidence."""

import re
from dataclasses import replace

from dialogue.operations import operations
from dialogue.understanding.asks.beside import beside
from dialogue.understanding.asks.clauses import QUESTION, clauses, probability
from dialogue.understanding.asks.context import context_of
from dialogue.understanding.asks.implied import WITHOUT_NAME, features_said
from dialogue.understanding.asks.options import METRICS, WITH_FEATURES, features, options
from dialogue.understanding.asks.scope import counts_other_things, held_back
from dialogue.understanding.asks.ways import ways
from dialogue.understanding.choices import either_of, readings, unsure
from dialogue.understanding.followup import blames, continued, fragment, supposes
from dialogue.understanding.honesty import absent, empty_supposition, left_over, other_language, ranking, unfinished, unknown_thing
from dialogue.understanding.learning.examples import REFUSED, UNCLEAR
from dialogue.understanding.newcase import SAID_ONLY, new_case
from dialogue.understanding.sentence.reading import domain_words, read
from dialogue.understanding.sentence.roles import CHANGE, WHERE
from dialogue.understanding.subjects import of_whom, pointed_at, subject
from dialogue.understanding.talk.amounts import of_number, with_amount
from dialogue.understanding.talk.pointed import features_pointed_at, last_features
from dialogue.understanding.talk.searching import continues_search, named_option, unknown_limit
from dialogue.understanding.talk.taken import taken_up
from dialogue.understanding.trends import trend
from dialogue.understanding.unknown_value import unknown_values
from dialogue.understanding.wording.lexicon import LANGUAGES
from explainers.types import Ask, Query, Subject

SOCIAL = ("greet", "thanks", "bye")
TAKEN = 0.85  # as sure at least is what the talk so far decides
SUPPOSING = {"prediction", "likelihood", "why", "again", "role", "counterfactual", "define", "show", REFUSED, UNCLEAR}


def decide(text, memory, domain, language):
    """Text -> Query."""
    lexicon, words, outcomes = domain_words(domain, language)
    context = context_of(domain, lexicon, memory)
    structure = read(text, domain, language, memory.case is not None)
    if not any(token.word or token.text.isdigit() for token in structure.tagged.tokens):
        return Query(status="unclear", confidence=0.0)
    foreign = other_language(structure.tagged.tokens, lexicon)
    if foreign:  # answered in that language from now on, or told which languages there are
        spoken = "understood" if (LANGUAGES / foreign).is_dir() else "unsupported"
        return Query(status=spoken, asks=(Ask("language", {"to": foreign}),), confidence=1.0)
    found = clauses(structure, language)
    if not fragment(structure.text()) and not continues_search(structure.text(), memory):
        found = [held_back(clause, structure, language, domain) for clause in found]
    confidence = round(min(probability(clause.ranked) for clause in found), 4)
    structure = _for_kinds(structure, {clause.kind for clause in found}, memory)
    asks = _with_features([_ask(clause, structure, context) for clause in found], found)
    asks = _said_once([ask for place, ask in enumerate(asks) if ask not in asks[:place]], found)
    kinds = {ask.kind for ask in asks}
    taken = taken_up(structure, kinds, memory, domain) if len(asks) == 1 or named_option(structure, memory) else None
    if taken is not None:
        taken = replace(taken, confidence=max(confidence, TAKEN))
        return readings(taken, structure, domain) or taken
    strange = unknown_limit(structure, kinds, memory)
    if strange is not None:
        return Query(status="unsupported", asks=(Ask("absent", {"features": [strange]}),), confidence=confidence)
    if ranking(kinds, structure) or unknown_thing(structure):
        return Query(status="unsupported", confidence=confidence)
    moved = trend(structure, kinds - {UNCLEAR, REFUSED}, memory, domain, words, lexicon)
    if moved:
        return Query(status="understood", subject=Subject(case=structure.case), asks=(moved,), confidence=confidence)
    strange = unknown_values(structure, domain)
    if strange and kinds <= SUPPOSING:
        return _with_strange(strange, asks, structure, context, confidence)
    if unfinished(structure) or language == lexicon.language and counts_other_things(structure, domain, language):
        return Query(status="unclear", confidence=confidence)
    lacking = absent(kinds, structure)
    if lacking:
        return Query(status="unsupported", asks=(lacking,), confidence=confidence)
    if kinds & {REFUSED, UNCLEAR}:
        rest = [ask for ask in asks if ask.kind not in (REFUSED, UNCLEAR)]
        if not rest and not (UNCLEAR in kinds and fragment(structure.text())) and not continues_search(structure.text(), memory):
            return Query(status="unsupported" if REFUSED in kinds else "unclear", confidence=confidence)
        asks = rest
    about = subject(structure, kinds, lexicon.favourable | lexicon.unfavourable, outcomes, found)
    asks, about = beside(*of_whom(asks, about, structure), structure, memory.case is not None)
    return _answerable(structure, {ask.kind for ask in asks}, asks, about, found, confidence, context, language)


def _for_kinds(structure, kinds, memory):
    """The structure with the roles that its statements have in a question of these kinds."""
    personal = memory.case is not None and bool(re.search(r"\b(?:i|my|me|mine)\b", structure.text()))
    structure = structure.settled(kinds, personal)
    if kinds == {"role"} and blames(structure, memory):
        return structure.told()
    return structure.supposed() if supposes(structure, memory) else structure


def _with_strange(strange, asks, structure, context, confidence):
    """The what-if as it was said, a value that does not exist included: only then can it be told what is wrong with it."""
    changes = (*structure.changes(context.domain), *strange)
    asks = tuple(ask for ask in asks if ask.kind in ("likelihood", "why")) or (Ask("prediction"),)
    named = tuple(change for change in changes if change.feature)
    return Query(status="understood", subject=Subject(case=structure.case), changes=named, asks=asks, confidence=confidence)


def _answerable(structure, kinds, asks, about, found, confidence, context, language):
    """The Query of what was asked about whom, under which changes; unclear where something said would be lost."""
    domain, memory = context.domain, context.memory
    if about.previous and len(found) > 1 and not pointed_at(found[0].text):
        about = replace(about, previous=False)
    changes = [] if kinds == {"contest"} else with_amount(structure.changes(domain), structure, kinds, domain)
    described = new_case(structure, kinds, domain)
    if described:
        about, changes = Subject(new=described), [change for change in changes if change.how != "to"]
        asks = [Ask("prediction")] if kinds <= SAID_ONLY and not any(QUESTION.search(clause.text) for clause in found) else asks
    elif "counterfactual" in kinds and not _group(structure):
        asks, about, changes = _within_limits(asks, about, changes, structure, memory.case is not None)
    query = Query(
        status="understood", subject=about, changes=tuple(changes), asks=tuple(_repeated(asks, structure, about)), confidence=confidence
    )
    query = continued(query, structure, memory, domain, found)
    by_so_much = any(s.form == "by" and s.options == ("",) for s, _ in structure.statements)
    nameless = (query.changes or by_so_much) and not any(change.feature for change in query.changes)
    query = replace(query, changes=tuple(change for change in query.changes if change.feature))
    lost = nameless or empty_supposition(query, structure, memory.options) or left_over(query, structure)
    if query.status != "understood" or not query.asks or lost:
        return replace(query, status="unclear", asks=(), changes=())
    query = replace(query, status=_status(query.asks))
    return either_of(query, domain) or readings(query, structure, domain) or unsure(query, found, structure, domain, language) or query


def _repeated(asks, structure, about):
    """ "But what if they had ..." asks once more what was asked of them before."""
    if (
        about.previous
        and [ask.kind for ask in asks] == ["prediction"]
        and any(role == CHANGE for _, role in structure.statements)
        and re.search(r"\bwhat (?:if|happens if|about)\b", structure.text())
    ):
        return [Ask("again")]
    return asks


def _said_once(asks, found):
    """ "What if it were 12, how likely is it": the supposition asks for nothing else; one way to measure stands for both."""
    kinds = [ask.kind for ask in asks]
    if len(asks) > 1 and kinds[:2] == ["prediction", "likelihood"] and re.search(r"^(?:and |but |so )?(?:what )?if\b", found[0].text):
        asks = asks[1:]
    measured = [ask for ask in asks if ask.kind == "performance" and ask.options]
    return [ask for ask in asks if ask.kind != "performance" or ask.options or not measured]


def _with_features(asks, found):
    """ "Explain X and say how important it is": what has no feature of its own takes that of the ask before."""
    done, last = [], None
    for ask, clause in zip(asks, found):
        named = ask.get("features")
        leans = re.search(r"\b(?:it|its|that|this|they|them|their)\b|\bwhich (?:one |of them )?\w+ more\b", clause.text)
        if ask.kind in WITH_FEATURES and last and leans and (not named or ask.kind == "interactions" and len(named) == 1):
            ask = replace(ask, options={**ask.options, "features": list(dict.fromkeys([*last, *(named or ())]))})
        done.append(_beside_the_one_before(ask, done[-1] if done else None, clause.text))
        last = ask.get("features") or last
    return done


def _beside_the_one_before(ask, before, text):
    """ "..., and show some examples" of mistakes; "is age one of them?" of what matters in general."""
    if before is None:
        return ask
    if before.kind in ("mistakes", "performance") and ask.kind in ("show", "similar", "more") and _SAMPLES.search(text):
        return Ask("mistakes", {"style": "sample"})
    if before.kind == "importance" and ask.kind == "role" and re.search(r"\b(?:one of|among) (?:them|those|these)\b", text):
        return replace(ask, kind="importance")
    return ask


_SAMPLES = re.compile(r"\b(?:examples?|instances|samples?|some|few|which (?:ones )?(?:are|were) (?:they|those))\b")


def _within_limits(asks, about, changes, structure, at_hand):
    """Conditions beside a counterfactual of one case are limits of what may change, not a group.

    at_hand: is there a case that the talk is about? Then "with a duration of 12 months" is one as well.
    """
    said = [
        {"feature": s.options[0], "is": s.sign, "value": s.value[0]}
        for s, role in structure.statements
        if s.options[0] and s.form == "compare" and (s.sign != "=" and role in (WHERE, CHANGE) or at_hand and role == WHERE)
    ]
    without = {name for ask in asks for name in ask.get("without", ()) or ()}
    if about.where is not None and about.where.get("feature") in without:
        about = replace(about, where=None)
    if not said:
        return asks, about, changes
    names = {limit["feature"] for limit in said}
    asks = [_limited(ask, said, names) if ask.kind == "counterfactual" else ask for ask in asks]
    return asks, replace(about, where=None), [change for change in changes if change.feature not in names]


def _limited(ask, said, names):
    """A search under limits; "with a duration of 12 months" does not say that nothing else may change."""
    free = [name for name in ask.get("only", ()) if name not in names]
    kept = {name: value for name, value in ask.options.items() if name != "only"}
    return replace(ask, options={**kept, **({"only": [*free, *names]} if free else {}), "limits": said})


def _group(structure):
    return any(item.letter == "G" for item in structure.row)


def _ask(clause, structure, context):
    kind = _settled(clause, structure, context)
    found = options(kind, structure, clause.start, clause.end, clause.text, context)
    found = _measured(kind, found, clause.text, context.domain, context.lexicon)
    said = features_said(structure, clause.start, clause.end, context) if kind in WITHOUT_NAME else found.get("features")
    if kind in ("correct", "role") and not said:
        said = of_number(structure, clause, context.domain)
    found = {**found, "features": said} if said and not (kind == "threshold" and found.get("features")) else found
    pointed = features_pointed_at(kind, clause.text, found.get("features", []), context.memory, context.domain)
    return Ask(kind, {**found, "features": pointed} if pointed else found)


def _measured(kind, found, text, domain, lexicon):
    """ "How long may the loan be", "how old am I": the measure asked for, where the named feature has another."""
    asked = re.search(r"\bhow (long|old|many months|many years)\b", text)
    if kind == "threshold" and not asked and not found.get("features"):
        fits = _meant(text, domain, lexicon)
        return {**found, "features": fits} if fits else found
    if kind not in ("threshold", "show", "role", "keep", "statistic") or not asked or kind == "statistic" and found.get("features"):
        return found
    wanted = lexicon.implied["old" if asked[1] == "old" else "longer"]
    fits = [f.name for f in domain.features.values() if f.type == "number" and set(f.label.lower().split()) & set(wanted)]
    named = found.get("features", ())
    return {**found, "features": fits[:1]} if fits and not set(named) & set(fits) and kind != "show" else found


def _meant(text, domain, lexicon):
    """ "How much could I get", "the most you would lend": the amount that such a verb is about."""
    for word in [*text.split(), "borrow"]:
        for wanted in lexicon.implied.get(word, ()) if word not in ("older", "longer") else ():
            fits = [f.name for f in domain.features.values() if f.type == "number" and wanted in f.label.lower().split()]
            if len(fits) == 1:
                return fits
    return []


# Whether the prediction of one case is true, which no measure tells.
_OF_ONE = re.compile(r"\b(?:it|this|that|him|her|CASE|this one)\b(?: \w+)? (?:right|correct|correctly|wrong)\b")


def _settled(clause, structure, context):
    """The kind, where what is named decides between neighbours."""
    kind, text = clause.kind, clause.text
    named = features_said(structure, clause.start, clause.end, context) or kind == "role" and of_number(structure, clause, context.domain)
    one = structure.case is not None or re.search(r"\b(?:my|i|me)\b", text)
    way = ways(structure.tagged.tokens)
    in_log_odds = "output" in way and re.search(r"\bin\b", text)
    if kind == "path" and way.get("method") == "path_dependent" or kind in ("term", "again", "likelihood") and in_log_odds:
        return "why"
    if kind == "role" and not named and not last_features(context.memory) and not features(structure, 0, clause.start):
        return "importance" if "importan" in text else "why"
    if (
        kind == "role"
        and not one
        and re.search(
            r"\b(?:affect|influence|impact|effect)s?\b.*\b(?:predict|rating|outcome|decision|result|score|grade|model|target"
            r"|TARGET|OUTCOME)",
            text,
        )
        and not re.search(r"\b(?:did|this|that|CASE)\b", text)
    ):
        return "effect"
    if kind == "importance" and named and one:
        return "role"
    if kind == "why" and named and re.search(r"\bFEATURE\b.*\b(?:matter|count|important|help|weigh|considered|play)\w*", text):
        return "role"
    if kind == "define" and not named:
        return "term"
    if (
        kind == "threshold"
        and named
        and not one
        and context.memory.case is None
        and not re.search(r"\b(?:can|could|may|might|would|get|borrow|allowed|still|before|until|needed|need)\b", text)
    ):
        return "statistic"
    if kind in ("data", "label") and any(re.search(pattern, text) for name, pattern in METRICS if name != "accuracy"):
        return "performance"
    if kind == "performance" and structure.case is not None and _OF_ONE.search(text):
        return "mistakes"
    if kind == "data" and (structure.wheres() or structure.case is not None and re.search(r"\bfor (?:it|him|her|them|CASE)\b", text)):
        return "show"
    if kind == "effect" and not named and not (last_features(context.memory) and re.search(r"\b(?:it|its|they|that|this)\b", text)):
        return "importance"
    return kind


def _status(asks):
    if all(ask.kind in SOCIAL for ask in asks):
        return "social"
    return "understood" if any(ask.kind in operations() for ask in asks) else "unsupported"
