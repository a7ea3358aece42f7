"""The options of an ask: which features, how many, which metric, which limits."""

import re

from dialogue.understanding.asks.contrast import foil
from dialogue.understanding.asks.recourse import counterfactual
from dialogue.understanding.asks.target import target
from dialogue.understanding.asks.ways import ways
from dialogue.understanding.sentence.roles import BARE, WHERE

WITH_FEATURES = {
    "importance",
    "role",
    "effect",
    "interactions",
    "threshold",
    "keep",
    "fairness",
    "boundary",
    "statistic",
    "define",
    "correct",
}
_FEATS = set("""
    features feature factors factor variables variable attributes attribute reasons reason things
    characteristics inputs columns parameters properties criteria aspects predictors drivers functions
    contributors influences points details elements considerations ones traits influencers causes
""".split())
_MOST = set("""
    most important best biggest largest main key strongest top greatest leading significant relevant influential
    highest major primary crucial vital critical meaningful essential principal heaviest
""".split())
METRICS = (
    ("f1", r"\bf ?-? ?1\b|\bf score\b|\bf measure\b"),
    ("roc", r"\broc\b|\bauc\b|\bauroc\b|\barea under\b"),
    ("precision", r"\bprecision\b"),
    ("sensitivity", r"\bsensitivity\b|\btrue positive rate\b|\btpr\b"),
    ("specificity", r"\bspecificity\b|\btrue negative rate\b|\btnr\b"),
    ("recall", r"\brecall\b"),
    ("ppv", r"\bppv\b|\bpositive predictive value\b"),
    ("npv", r"\bnpv\b|\bnegative predictive value\b"),
    ("rmse", r"\brmse\b|\broot mean squared?\b"),
    ("mae", r"\bmae\b|\bmean absolute\b"),
    ("r2", r"\br ?2\b|\br squared\b|\bexplained variance\b"),
    ("brier", r"\bbrier\b"),
    ("calibration", r"\bcalibrat\w+"),
    ("mse", r"\bmse\b|\bmean squared error\b"),
    (
        "accuracy",
        r"\baccura\w+|\bsuccess rate\b|\bhit rate\b|\berror rate\b"
        r"|^(?!.*\b(?:wrong|mistaken|incorrect\w*|off|errs?|fails?|miss(?:es)?)\b).*"
        r"\b(?:correct\w*|right|how (?:good|precise|exact|reliabl\w+|trustworthy)|percent(?:age)?|reliab\w+)\b",
    ),
)
_TYPICAL = re.compile(
    r"\b(?:typical(?:ly)?|common(?:ly)?|usual(?:ly)?|frequent(?:ly)?|general(?:ly)?|often|tend(?:s)? to|kinds?|sorts?|types?"
    r"|patterns?|normal(?:ly)?|"
    r"regular(?:ly)?|prone|most (?:mistakes|errors)|main|likely|biggest|where|when|struggle\w*|weakness\w*|shortcomings?|what"
    r" (?:groups?|cases|GROUP)"
    r"|recurring|habitual\w*|routine(?:ly)?|trends?|systematic\w*|characteri[sz]e|on average|overall|summari[sz]e|residual)\b"
)
_COUNT = re.compile(r"\b(?:how many|how often|how frequently|number of|count|how much|total|amount of)\b")


def options(kind, structure, start, end, text, context):
    """Options of an ask of `kind` said by tokens start to end. context: domain, lexicon, terms, whether it is about one case."""
    found = {}
    if kind in WITH_FEATURES:
        names = features(structure, start, end)
        if names:
            found["features"] = names
    make = _MAKERS.get(kind)
    if make:
        found.update(make(structure, start, end, text, context))
    return found


def features(structure, start, end):
    """Names of the features mentioned in a stretch, outside of conditions and changes, each once."""
    named = {}
    for place, options_ in structure.mentions:
        if start <= place < end and len(options_) >= 1:
            named.setdefault(place, structure.meant(options_))
    for statement, role in structure.statements:
        place = structure.row[statement.start].start
        if role == BARE and start <= place < end and statement.options[0]:
            named.setdefault(place, statement.options[:1])
    return list(dict.fromkeys(name for place in sorted(named) for name in named[place]))


def top(structure, start, end):
    """How many are wanted: "top 5", "three most important", "the single most important feature" (1), else None."""
    row = [item for item in structure.row if start <= item.start < end]
    for place, item in enumerate(row):
        if item.letter != "N" or item.value.unit is not None or not 0 < item.value.value <= 50:
            continue
        before = row[place - 1].text if place else ""
        after = [other.text for other in row[place + 1 : place + 5]]
        if before in ("top", "best", "first", "biggest", "main", "top-", "leading") or (
            after and (after[0] in _MOST | _FEATS or _FEATS & set(after[:3]))
        ):
            return int(item.value.value)
    text = " ".join(item.text for item in row)
    if re.search(
        r"\b(?:which|what) (?:\w+ )?(?:feature|factor|variable|attribute|characteristic|input|column) (?:has|had|is|was|plays"
        r"|carries|gets) "
        r"(?:the |of the )?(?:single )?(?:most|biggest|greatest|strongest|largest|highest|heaviest)\b",
        text,
    ):
        return 1
    if re.search(
        r"\b(?:most (?:\w+ )?(?:important|influential|significant|relevant|impactful|predictive|crucial|critical|essential"
        r"|vital|decisive)|top|single|"
        r"biggest|main|strongest|number one|most important) (?:single )?(?:feature|factor|variable|attribute|reason|driver"
        r"|predictor|characteristic|thing|input)\b",
        text,
    ):
        return 1
    return None


def _importance(structure, start, end, text, context):
    count = top(structure, start, end)
    return {"top": count} if count and not features(structure, start, end) else {}


def _why(structure, start, end, text, context):
    found = {}
    count = top(structure, start, end)
    if (
        count
        and re.search(r"\b(?:reasons?|factors?|causes?|features?|top|things)\b", text)
        and (count > 1 or re.search(r"\btop (?:NUM|\d)", text))
    ):
        found["top"] = count
    presumed = _presumed(structure, start, end, text)
    if presumed:
        found["presumed"] = presumed
    against = foil(structure, start, end, context.domain)
    if against:
        found = {**{name: value for name, value in found.items() if name != "presumed"}, "foil": against}
    return {**found, **ways(structure.tagged.tokens)}


def _role(structure, start, end, text, context):
    return {name: way for name, way in ways(structure.tagged.tokens).items() if name == "output"}


def _presumed(structure, start, end, text):
    """The outcome that "why was I turned down", "why do I have heart disease" takes for given."""
    if not re.search(
        r"\bwhy (?:was|were|am|is|are|did|do|does|have|has) (?:i|he|she|it|they|CASE|(?:my|his|her|the|this) [\w ]+?)\b.*\bOUTCOME\b",
        text,
    ):
        return None
    codes = {str(item.value) for item in structure.row if item.letter == "Y" and start <= item.start < end}
    return codes.pop() if len(codes) == 1 and not re.search(r"\b(?:not|rather|instead|than|while|but)\b", text) else None


def _performance(structure, start, end, text, context):
    metric = next((name for name, pattern in METRICS if re.search(pattern, text)), None)
    return {"metric": metric} if metric else {}


def _mistakes(structure, start, end, text, context):
    if _COUNT.search(text):
        return {"style": "count"}
    return {
        "style": ("typical" if _TYPICAL.search(text) and not re.search(r"\bexamples?\b|\bsamples?\b|\binstances?\b", text) else "sample")
    }


def _term(structure, start, end, text, context):
    plain = " ".join(token.text for token in structure.tagged.tokens)
    names = sorted(context.terms, key=len, reverse=True)
    found = next((name for name in names if re.search(rf"\b{re.escape(name)}s?\b", plain)), None)
    return {"term": context.terms[found]} if found else {}


def _threshold(structure, start, end, text, context):
    """Which end is asked for, and of an estimate or of many outcomes what is to be reached."""
    found = _end(text)
    if context.domain is not None and (context.domain.regression or context.favourable is None):
        wanted = target(structure, start, end, text, context)
        found = {**found, "target": wanted} if wanted and "side" not in wanted else found
    return found


def _end(text):
    if re.search(
        r"\b(?:most|maximum|max|highest|largest|biggest|longest|upper|at most|up to|maximal|oldest|how (?:high|large|big|long)"
        r" (?:can|could|may|might))\b"
        r"|\bhow (?:much|many) (?:can|could|may|might)\b",
        text,
    ):
        return {"direction": "max"}
    if re.search(
        r"\b(?:least|minimum|min|lowest|smallest|minimal|shortest|lower limit|youngest|how (?:low|small|short) (?:can|could|may"
        r"|might))\b",
        text,
    ):
        return {"direction": "min"}
    return {}


def _level(structure, start, end, text, context):
    if re.search(
        r"\bpractitioner\b|\bloan officer\b|\bcase ?worker\b|\bprofessional\b|\bmedium\b|\bpractical\b|\bclerk\b|\bdoctor\b"
        r"|\bbanker\b|\bteacher\b",
        text,
    ):
        return {"to": "practitioner"}
    expert = re.search(
        r"\bexperts?\b|(?<!non )(?<!non - )(?<!less )(?<!too )\b(?:technical\w*|scientific|advanced|data scientist|statistician"
        r"|mathematical|formal|full detail\w*|in depth|specialist|analyst|academic|precise)\b",
        text,
    )
    return {
        "to": ("expert" if expert and not re.search(r"\b(?:not|non|less|no) (?:an? |so |too )?(?:expert|technical)", text) else "plain")
    }


LANGUAGES = {
    "german": "de",
    "deutsch": "de",
    "english": "en",
    "englisch": "en",
    "french": "fr",
    "francais": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "polish": "pl",
    "turkish": "tr",
    "arabic": "ar",
    "russian": "ru",
    "dutch": "nl",
    "portuguese": "pt",
    "ukrainian": "uk",
}


def _language(structure, start, end, text, context):
    found = next((code for name, code in LANGUAGES.items() if re.search(rf"\b{name}\b", text)), None)
    return {"to": found} if found else {}


def _revise(structure, start, end, text, context):
    names = features(structure, start, end) or [s.options[0] for s, _ in structure.statements if s.options[0]]
    if re.search(
        r"\b(?:mean|meant|talking about|asking about|wanted|said|make that|correction|instead|no,?|not that|rather)\b", text
    ) and not re.search(r"\b(?:undo|reset|forget|drop|restore|go back)\b", text):
        return {"put": names[-1]} if names else {}
    if re.search(r"\b(?:limits?|restrictions?|constraints?|conditions?)\b|\bchange anything\b|\beverything (?:may|can) change\b", text):
        return {"drop": "limits"}
    if names:
        return {"drop": names[0]}
    if re.search(
        r"\bchanges\b|\bwhat ifs?\b|\boriginal\b|\bmodifications\b|\bmy (?:own |real |actual )?values\b|\bas it was\b|\ball"
        r" (?:my )?(?:changes|what)",
        text,
    ):
        return {"drop": "changes"}
    if (
        re.search(r"\b(?:over|scratch|reset|restart|clear|everything|all|new|clean|begin\w*|fresh|anew|afresh)\b", text)
        and "scratch that" not in text
    ):
        return {"drop": "all"}
    return {"drop": "last"}


_MAKERS = {
    "importance": _importance,
    "why": _why,
    "role": _role,
    "performance": _performance,
    "mistakes": _mistakes,
    "term": _term,
    "threshold": _threshold,
    "level": _level,
    "language": _language,
    "counterfactual": counterfactual,
    "revise": _revise,
}


def limits(structure):
    """Conditions that a changed case must meet: said of one case, they select nobody."""
    return [{"feature": s.options[0], "is": s.sign, "value": s.value[0]} for s, role in structure.statements if role == WHERE]
