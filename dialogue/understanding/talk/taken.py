"""Does the talk so far decide what a question asks? The ways in which it may, in the order tried."""

from dialogue.understanding.talk import exchange, groups
from dialogue.understanding.talk.corrections import corrected
from dialogue.understanding.talk.picks import by_feature
from dialogue.understanding.talk.searching import after_search

WAYS = (
    by_feature,
    after_search,
    groups.earlier,
    exchange.general,
    exchange.mine,
    exchange.turned,
    groups.both,
    exchange.styled,
    exchange.come_of_those,
    exchange.measured,
    exchange.compared,
    exchange.acting,
    exchange.with_that,
    exchange.taken_back,
    groups.rest,
    groups.narrowed,
    corrected,
)


def taken_up(structure, kinds, memory, domain):
    """The Query of a question that leans on the talk in one of these ways; None where it does not.

    kinds: what it seems to ask by itself.
    """
    for way in WAYS:
        query = way(structure, kinds, memory, domain)
        if query is not None:
            return query
    return None
