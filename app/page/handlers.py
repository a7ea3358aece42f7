"""What happens on the page: each method answers one event for the visitor whose cookie comes with the request."""
import sys
import traceback

import gradio as gr

from app.page import chrome, whatif
from app.page.actions import Wish, wish_of
from app.page.case import case_html
from app.page.controls import changeable, filled, setting
from app.page.messages import next_html, progress_html, talk_of
from app.page.options import chips_html
from app.page.web import COOKIE
from app.page.work import Jobs
from app.pipeline import respond
from dialogue.phrasing.language import spoken
from dialogue.types import LEVELS
from explainers.errors import Problem
from explainers.explain import changed
from explainers.types import Change

PATIENCE = 0.5      # seconds without an answer after which the page says what it is doing
EVERY = 0.4         # seconds between two looks at how far it has come


class Handlers:
    """Handlers of one domain's page. Nothing of a visitor is kept on this object but the work going on right now."""

    def __init__(self, visits, store):
        self.visits, self.store, self.jobs = visits, store, Jobs()
        self.workspace = visits.workspace

    # the whole page

    def open(self, request: gr.Request):
        """First load or reload: the conversation is found again; a new visitor begins one."""
        return self._whole(self._visit(request))

    def choose(self, case, request: gr.Request):
        """Another case: what-if changes and limits of the old one are dropped, the talk stays."""
        visit = self._visit(request)
        return self._whole(visit.about(case) if case in visit.domain.cases.index else visit)

    def clear(self, request: gr.Request):
        return self._whole(self._visit(request).cleared())

    def level(self, level, request: gr.Request):
        """The level of the next answers; the last one offers to be told again."""
        visit = self._visit(request)
        if level in LEVELS:
            visit.saved(level=level)

    def language(self, code, request: gr.Request):
        """Another language for the page and the next answers; what was said stays as it was."""
        visit = self._visit(request)
        return self._whole(visit.saved(language=code) if code in spoken() else visit)

    def speak(self, request: gr.Request):
        """The page's own words in the visitor's language, asked for by the script where that has changed."""
        return chrome.updates(self._visit(request))

    # the talk

    def ask(self, text, request: gr.Request):
        yield from self._answered(self._visit(request), {"do": "ask", "text": text})

    def act(self, action, request: gr.Request):
        """A button in the talk; `action` is the JSON that stands on it."""
        yield from self._answered(self._visit(request), action)

    def stop(self, request: gr.Request):
        self.jobs.stop(self._visit(request).session.id)

    def ask_about(self, request: gr.Request, *settings):
        """The panel's settings as a question in the talk."""
        visit = self._visit(request)
        try:
            changes = whatif.changes_from(visit, settings)
        except Problem:
            changes = ()
        if not changes:
            yield self._talk(visit, note=visit.texts["nothing_changed"])
            return
        yield from self._told(visit, Wish(whatif.question_text(visit, changes), whatif.query_of(visit, changes), visit.memory))

    # the panel

    def try_out(self, request: gr.Request, *settings):
        return whatif.result_html(self._visit(request), settings)

    def back(self, request: gr.Request):
        visit = self._visit(request)
        return [whatif.result_html(visit), *filled(visit, visit.values)]

    def try_option(self, action, request: gr.Request):
        """The panel set to an option of a search."""
        visit = self._visit(request)
        changes = [Change(change["feature"], "to", change["to"]) for change in (action or {}).get("changes") or ()]
        try:
            values = visit.domain.values(changed(visit.domain.case(visit.case), changes, visit.domain))
            settings = [setting(visit.domain, player, values) for player in changeable(visit.workspace)]
        except Problem:                              # kept by the browser from before the domain changed
            return self.back(request)
        return [whatif.result_html(visit, settings), *filled(visit, values)]

    # parts

    def _visit(self, request):
        """The visitor's conversation; a browser without cookies has one as long as its page is open."""
        return self.visits.of(request.cookies.get(COOKIE) or request.session_hash, request.headers.get("accept-language", ""))

    def _answered(self, visit, action):
        wish = wish_of(action, visit)
        if wish is None:
            yield self._talk(visit)
        else:
            yield from self._told(visit, wish)

    def _told(self, visit, wish):
        """Answer a Wish; where that takes a while, first say so and offer to stop."""
        key = visit.session.id
        job = self.jobs.start(key, lambda: respond(wish.text, wish.memory, self.workspace, key, picked=wish.query))
        try:
            if not job.settled(PATIENCE):
                yield self._talk(visit, pending=wish.text, note=visit.texts["working"], working=True)
                yield from self._progress(visit, job)
        finally:
            self.jobs.end(key, job)
        if job.stopped:
            yield self._talk(visit, pending=wish.text, note=visit.texts["stopped"])
            return
        try:
            turn = self.store.keep(job.future.result(), wish.memory, visit.workspace)
            after = visit.after(turn)
            same = (after.case, after.session.language) == (visit.case, visit.session.language)
            shown = self._talk(after) if same else self._whole(after)
        except Exception:                            # the visitor gets a calm sentence, the operator all of it
            traceback.print_exc(file=sys.stderr)
            yield self._talk(visit, pending=wish.text, note=visit.texts["fault"], text=wish.text)
            return
        yield shown

    def _progress(self, visit, job):
        """Updates of the line that says how far the work has come, until it is settled."""
        others, told = 9 + len(changeable(self.workspace)), None
        while not job.settled(EVERY):
            if job.progress != told:
                told = job.progress
                yield [gr.skip(), progress_html(visit, told), *[gr.skip()] * others]

    def _talk(self, visit, pending=None, note=None, working=False, text=None):
        """Updates of the talk alone, in the order of `_whole`."""
        if pending is None and note:
            gr.Info(note)
        text = gr.skip() if text is None else text
        controls = changeable(self.workspace)
        return [talk_of(visit, pending, note if pending else None), "", next_html(visit, working), chips_html(visit), text,
                visit.session.level, visit.session.language, *[gr.skip()] * (4 + len(controls))]

    def _whole(self, visit):
        """Updates of everything that depends on the visitor; what is being typed stays."""
        domain = visit.domain
        controls = changeable(self.workspace)
        head = [talk_of(visit), "", next_html(visit), chips_html(visit), gr.skip(), visit.session.level, visit.session.language]
        if visit.case is None:
            return [*head, *[gr.skip()] * (4 + len(controls))]
        state, _ = whatif.state_of(visit)
        choices = visit.workspace.prepared(("case choices", visit.session.language), lambda: [
            (visit.texts["numbered"].format(id=case), case) for case in domain.cases.index])
        return [*head, gr.update(choices=choices, value=visit.case), case_html(visit, state), whatif.fixed_html(visit),
                whatif.result_html(visit), *filled(visit, visit.values)]
