"""A question, and the talk so far, in the program's own words.

    understand(question, memory, domain) -> Query as said: "they" stays `previous`, "do that again" stays `again`

reading (tokens, tags, statements, roles) -> clauses (kinds) -> options -> followup (what the talk adds) -> decision
"""

from dialogue.understanding.decision import decide


def understand(question, memory, domain):
    """Question (text, language), Memory, Domain -> Query. Never raises, whatever the text holds."""
    return decide(question.text, memory, domain, question.language)
