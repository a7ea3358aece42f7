"""Prepare before the first visitor what the first answers need: model, explainers, templates, understanding."""
from app.pipeline import respond
from dialogue.types import Memory
from explainers.types import Ask, Query


def warm(visits):
    """Answer the usual first questions once, for nobody and without a record."""
    workspace = visits.workspace
    memory = Memory(language=visits.language_code)
    if len(workspace.domain.cases):
        memory = memory.about(visits.first_case)
    for query in (Query(asks=(Ask("why"),)), None, Query(asks=(Ask("counterfactual"),))):
        respond(visits.texts["starters"][0], memory, workspace, picked=query)
