"""Is it asked of what this program knows? Other topics, nonsense and what is not served are kinds that are learnt too.

The learned kinds "refused" and "unclear" have their own examples, of more than eighty topics. A question may come from
any topic, and no list holds them all; so it is held back already where these two come near to the best kind that is served.
"""

from dataclasses import replace

from dialogue.understanding.examples import REFUSED, UNCLEAR

OUTSIDE = (REFUSED, UNCLEAR)
# Leads from which a question is held back, or its readings are offered. Measured with whole topics left out of training,
# and questions of kinds that are served left out likewise: see tests/benchmarks/scope.py.
HELD_BACK, OFFERED = -0.25, -0.5


def lead(ranked):
    """By how much the better of the two outer kinds is ahead of the best kind that is served; negative where it is behind."""
    scores = dict(ranked)
    outer = max(scores.get(kind, -9.0) for kind in OUTSIDE)
    return outer - max((score for kind, score in scores.items() if kind not in OUTSIDE), default=-9.0)


def held_back(clause):
    """The Clause, its kind changed to the nearer of the two outer ones where these come too near."""
    if clause.kind in OUTSIDE or lead(clause.ranked) <= HELD_BACK:
        return clause
    return replace(clause, kind=next(kind for kind, _ in clause.ranked if kind in OUTSIDE))


def doubtful(clause):
    """Near enough to what is not served that its readings are offered rather than one of them answered."""
    return lead(clause.ranked) > OFFERED
