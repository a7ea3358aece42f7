"""The example questions, filled from domains that the classifier was not trained with, come back as what they mean."""
import random

import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from dialogue.understanding.learning.examples import fill, load_examples
from explainers.domain import load_domain

SAMPLED = 400
ALSO = {"role": {"effect"}, "effect": {"role"}}    # "has it any influence on the outcome": on this one, or in general


@pytest.mark.parametrize("name", ["credit", "heart"])
def test_nearly_all_examples_are_read_as_their_kind(name):
    domain = load_domain(name)
    examples = [e for e in load_examples("en") if len(e.kinds) == 1 and not e.file.startswith("_")]
    wrong, asked = [], 0
    for example in random.Random(4).sample(examples, SAMPLED):
        filled = fill(example, domain, 1)
        if filled is None:
            continue
        asked += 1
        memory = Memory(case=str(domain.cases.index[0]))
        query = understand(Question(filled[0]), memory, domain)
        offered = [query, *(choice.query for choice in query.choices)]
        kinds = {ask.kind for reading in offered for ask in reading.asks}
        status = {"refused": "unsupported", "unclear": "unclear"}.get(example.kinds[0])
        held_back = query.status in ("unclear", "unsupported", "choose")
        if not (held_back if status else kinds & ({example.kinds[0]} | ALSO.get(example.kinds[0], set()))):
            wrong.append((filled[0], example.kinds[0], sorted(kinds)))
    assert asked > 300
    assert len(wrong) <= 0.03 * asked, wrong
