"""Prepare before the first visitor what the first answers need: model, explainers, templates, understanding."""
from app.pipeline import respond
from dialogue.languages import languages
from dialogue.phrasing.language import language
from dialogue.types import Memory
from explainers.types import Ask, Query


def warm(visits):
    """Answer the usual first questions once, for nobody and without a record; then read one in every other language."""
    workspace, own = visits.workspace, visits.language_code
    memory = Memory(language=own)
    if len(workspace.domain.cases):
        memory = memory.about(visits.first_case)
    for query in (Query(asks=(Ask("why"),)), None, Query(asks=(Ask("counterfactual"),))):
        respond(visits.texts["starters"][0], memory, workspace, picked=query)
    for code in languages():
        if code != own:
            respond(language(code).read("page.yaml")["starters"][0], Memory(language=code), workspace)
