"""What happens on the page: each method answers one event for the visitor whose cookie comes with the request."""
from dataclasses import replace

import gradio as gr

from app.page.case import case_html, result_html
from app.page.messages import message_pair
from app.page.whatif import changeable, changes_from, fixed_html, setting
from app.pipeline import respond
from app.sessions import Session
from dialogue.phrasing.words import Words
from dialogue.phrasing.language import language
from explainers.errors import Problem
from explainers.explain import explain
from explainers.types import Ask, Query, Subject

COOKIE = "because"


class Handlers:
    """Handlers of one domain's page. Nothing of a visitor is kept on this object."""

    def __init__(self, workspace, store, sessions, texts):
        self.workspace, self.store, self.sessions, self.texts = workspace, store, sessions, texts
        self.domain = workspace.domain
        self.words = Words(self.domain, language("en"), "plain")

    # the whole page

    def open(self, request: gr.Request):
        """First load or reload: the conversation is found again; a new visitor starts with the first case."""
        session = self._session(request)
        if session.memory.case is None and len(self.domain.cases):
            session = self.sessions.save(replace(session, memory=session.memory.about(self.domain.cases.index[0])))
        return self._whole(session)

    def choose(self, case, request: gr.Request):
        """Another case: what-if changes and limits of the old one are dropped, the talk stays."""
        session = self._session(request)
        if case in self.domain.cases.index:
            session = self.sessions.save(replace(session, memory=session.memory.about(case)))
        return self._whole(session)

    def clear(self, request: gr.Request):
        return self._whole(self.sessions.clear(self._session(request)))

    def level(self, level, request: gr.Request):
        session = self._session(request)
        self.sessions.save(replace(session, memory=replace(session.memory, level=level)))

    # the talk

    def ask(self, text, talk, request: gr.Request):
        session = self._session(request)
        if not (text or "").strip():
            return self._after(session, talk)
        text = text.strip()
        turn = respond(text, session.memory, self.workspace, session.id, self.store, picked=_picked(text, session))
        return self._told(session, talk, turn)

    def ask_about(self, talk, *settings, request: gr.Request = None):
        """The panel's settings as a question in the talk."""
        session = self._session(request)
        changes = changes_from(self.domain, self._values(session), settings)
        if not changes:
            gr.Info(self.texts["nothing_changed"])
            return self._after(session, talk)
        said = self.words.grammar.listed([f"{self.domain.features[change.feature].label}: "
                                          f"{self.words.value_text(change.value, change.feature)}" for change in changes])
        text = self.texts["if_changed"].format(changes=said)
        query = Query(subject=Subject(case=session.memory.case), changes=changes, asks=(Ask("prediction"),))
        return self._told(session, talk, respond(text, session.memory, self.workspace, session.id, self.store, picked=query))

    # the panel

    def try_out(self, *settings, request: gr.Request = None):
        session = self._session(request)
        try:
            changes = changes_from(self.domain, self._values(session), settings)
            return self._result(session.memory.case, changes)
        except Problem as problem:
            return f'<p class="fixed" role="alert">{self.words.problem(problem)}</p>'

    def back(self, request: gr.Request):
        session = self._session(request)
        return self._result(session.memory.case, ()), *self._settings(session)

    # parts

    def _session(self, request):
        """The visitor's conversation about this domain; a browser without cookies has one as long as its page is open."""
        visitor = request.cookies.get(COOKIE) or request.session_hash
        key = f"{visitor[:64]}.{self.domain.name}"
        return self.sessions.find(key) or self.sessions.save(Session(key, self.domain.name))

    def _values(self, session):
        return self.domain.values(self.domain.case(session.memory.case))

    def _settings(self, session):
        values = self._values(session)
        return [setting(feature, values[feature.name]) for feature in changeable(self.domain)]

    def _state(self, case, changes=()):
        query = Query(subject=Subject(case=case), changes=tuple(changes), asks=(Ask("prediction"),))
        return explain(query, self.workspace)[0].result

    def _result(self, case, changes):
        return f'<section class="case" aria-live="polite">{result_html(self.domain, self._state(case, changes), self.texts)}</section>'

    def _glance(self, session):
        return case_html(self.domain, self._state(session.memory.case), self._values(session), self.texts, self.words)

    def _whole(self, session):
        talk = [message for said in session.transcript
                for message in message_pair(said["question"], said["answer"], self.texts, said["record"])]
        last = session.transcript[-1]["answer"]["suggestions"] if session.transcript else self.texts["starters"]
        return [talk, *self._buttons(last), "", session.memory.level, session.memory.case, self._glance(session),
                fixed_html(self.domain, self._values(session), self.texts, self.words),
                self._result(session.memory.case, ()), *self._settings(session)]

    def _told(self, session, talk, turn):
        session = self.sessions.add(session, turn)
        answer = turn.answer.to_json()
        talk = talk + message_pair(turn.question.text, answer, self.texts, turn.record)
        return self._after(session, talk, answer["suggestions"])

    def _after(self, session, talk, suggestions=None):
        buttons = self._buttons(suggestions) if suggestions is not None else [gr.skip()] * 4
        return [talk, *buttons, "", session.memory.level, session.memory.case]

    def _buttons(self, suggestions):
        texts = list(suggestions)[:4]
        return [gr.Button(texts[place], visible=True) if place < len(texts) else gr.Button(visible=False) for place in range(4)]


def _picked(text, session):
    """The reading that was clicked, where the last answer offered some."""
    choices = session.transcript[-1].get("choices", ()) if session.transcript else ()
    return next((Query.from_json(choice["query"]) for choice in choices if choice["text"] == text), None)
