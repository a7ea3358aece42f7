"""What several kinds select from their evidence: which contributions count, on which side, which outcome was said.

Nothing new is computed here; numbers are compared, sorted and split.
"""
import math
import re

from dialogue.phrasing.sizes import counts, points_of

MOST_REASONS = 4
# Names of values that read as several things, as a number of another value or as a "not" when they stand in a question.
MISREAD = re.compile(r"[\d,;:()]|\b(or|and|oder|und|no|not|none|nobody|nicht|niemand|kein\w*|ohne)\b", re.IGNORECASE)


def spread_of(domain):
    """Standard deviation of a regression's target in the data; None for outcomes."""
    return float(domain.target.std(ddof=0)) if domain.regression else None


def told_threshold(evidence, domain):
    """Threshold of the decision as a probability of the outcome told; None where no threshold decides."""
    told = evidence.outcome
    if told is None or domain.favourable is None or len(domain.outcomes) != 2:
        return None
    return domain.threshold if str(told) == domain.favourable else round(1 - domain.threshold, 10)


def reached(probability, evidence, domain):
    """Does this probability of the outcome told mean that outcome? None where no threshold decides."""
    limit = told_threshold(evidence, domain)
    if limit is None:
        return None
    return probability >= limit - 1e-12 if str(evidence.outcome) == domain.favourable else probability > limit + 1e-12


def probability_of(value, output):
    """A value of the explained output as a probability."""
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, float(value))))) if output == "log_odds" else float(value)


def said(evidence, domain, value):
    """The outcome that the model said, from the explained value: the told one, or the other of two."""
    met = reached(probability_of(value, evidence.output), evidence, domain)
    if met is None or met:
        return evidence.outcome
    return next(code for code in domain.outcomes if code != str(evidence.outcome))


def sides(contributions, evidence, domain, positive_first=True):
    """(first side, other side, how many are left out): contributions that count, the largest first on each side."""
    spread = spread_of(domain)
    counting = [c for c in contributions if counts(points_of(c.contribution, evidence.output, spread))]
    counting.sort(key=lambda c: -abs(c.contribution))
    first = [c for c in counting if (c.contribution > 0) == positive_first]
    other = [c for c in counting if (c.contribution > 0) != positive_first]
    return first, other, len(contributions) - len(counting)


def few(first, other, most=MOST_REASONS):
    """At most `most` reasons of both sides: the largest, with one place kept for the other side if it has any."""
    ranked = sorted(first + other, key=lambda c: -abs(c.contribution))[:most]
    if first and other and not any(c in other for c in ranked):
        ranked = ranked[:-1] + other[:1]
    if first and other and not any(c in first for c in ranked):
        ranked = ranked[:-1] + first[:1]
    return [c for c in first if c in ranked], [c for c in other if c in ranked]


def asked_features(evidence, names):
    """Entries of `evidence` for the features asked about, or all of them."""
    return [entry for entry in evidence if not names or str(entry.feature) in [str(name) for name in names]]


def told_options(options, level):
    """The options of a search that are told at a level: in plain words none that only adds what is not needed to another one."""
    if level != "plain":
        return options
    return [option for option in options if not option.get("real_case") or option["real_case"]["option"] is None]
