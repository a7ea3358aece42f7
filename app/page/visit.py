"""One visitor at one moment: their conversation with the words, the domain and the values that the page shows."""
from dataclasses import dataclass, replace
from functools import cached_property

from app.page.controls import of_case
from app.page.texts import page_texts
from app.sessions import Session
from dialogue.phrasing.language import language, spoken
from dialogue.phrasing.words import Words
from dialogue.types import Memory


class Visits:
    """Finds the conversation of a visitor; nothing of a visitor is kept here."""

    def __init__(self, workspace, sessions, feedback, language_code="en"):
        self.workspace, self.sessions, self.feedback, self.language_code = workspace, sessions, feedback, language_code

    def known(self, visitor):
        """The visitor's stored conversation about this domain as a Visit, or None."""
        session = self.sessions.find(self._key(visitor)) if visitor else None
        if session is None:
            return None
        gone = session.memory.case is not None and session.memory.case not in self.workspace.domain.cases.index
        return self.visit(session).about(self.first_case) if gone else self.visit(session)

    def of(self, visitor, accepted=""):
        """The same, begun where there is none: about the first case with the outcome that nobody hopes for.

        accepted: the browser's Accept-Language; the first language that there is is taken.
        """
        return self.known(visitor) or self.visit(self.sessions.save(Session(
            self._key(visitor), self.workspace.domain.name, self._first_memory(accepted))))

    def visit(self, session):
        return Visit(self.workspace.speaking(session.language), session, self)

    def _key(self, visitor):
        return f"{visitor[:64]}.{self.workspace.domain.name}"

    def _first_memory(self, accepted):
        wanted = [part.partition(";")[0].strip().lower()[:2] for part in accepted.split(",")]
        memory = Memory(language=next((code for code in wanted if code in spoken()), self.language_code))
        cases = self.workspace.domain.cases
        return memory.about(self.first_case) if len(cases) else memory

    @property
    def first_case(self):
        return self.workspace.prepared("first case", self._first_case)

    @property
    def texts(self):
        """The page's words in the language that it starts with."""
        return page_texts(self.workspace, self.language_code)

    def _first_case(self):
        domain = self.workspace.domain
        if domain.favourable is None:
            return domain.cases.index[0]
        outcomes = self.workspace.outcomes(domain.cases)
        return next((case for case, outcome in zip(domain.cases.index, outcomes) if outcome != domain.favourable),
                    domain.cases.index[0])


@dataclass(frozen=True)
class Visit:
    workspace: object
    session: Session
    visits: Visits

    @property
    def domain(self):
        return self.workspace.domain

    @property
    def memory(self):
        return self.session.memory

    @property
    def case(self):
        return self.session.memory.case

    @cached_property
    def texts(self):
        return page_texts(self.workspace, self.session.language)

    @cached_property
    def words(self):
        words = Words(self.domain, language(self.session.language), self.session.level)
        words.told = self.domain.counted
        return words

    @cached_property
    def values(self):
        """JSON values of the case at hand by feature; empty where there is no case."""
        return self.domain.values(self.domain.case(self.case)) if self.case is not None else {}

    @cached_property
    def told(self):
        """The same as people know them: a family of columns is one value."""
        return of_case(self.domain, self.domain.case(self.case)) if self.case is not None else {}

    @cached_property
    def feedback(self):
        """What this visitor thought of earlier answers: {record: value}."""
        return self.visits.feedback.of(self.session.id)

    def saved(self, **changes):
        """The visit with changes to its memory stored."""
        session = self.visits.sessions.save(replace(self.session, memory=replace(self.memory, **changes)))
        return self.visits.visit(session)

    def about(self, case):
        """The visit after another case was chosen; the talk stays."""
        session = replace(self.session, memory=self.memory.about(case))
        return self.visits.visit(self.visits.sessions.save(session))

    def after(self, turn):
        """The visit after a turn, stored."""
        return self.visits.visit(self.visits.sessions.add(self.session, turn))

    def cleared(self):
        return self.visits.visit(self.visits.sessions.clear(self.session))

    @property
    def suggestions(self):
        """What to ask next."""
        return self.session.transcript[-1]["answer"]["suggestions"] if self.session.transcript else self.texts["starters"]
