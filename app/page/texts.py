"""The words that stand on the page itself, with the domain's words filled in."""
from dialogue.phrasing.language import language


def page_texts(workspace, code):
    """page.yaml of the language `code`, read once; {case} and {cases} are the domain's words, {domain} its title."""
    return workspace.prepared(("page texts", code), lambda: _read(workspace.speaking(code).domain, code))


def _read(domain, code):
    one, many = domain.file.case
    return {"code": code} | _filled(language(code).read("page.yaml"), {"{case}": one, "{cases}": many, "{domain}": domain.title})


def _filled(entry, known):
    if isinstance(entry, dict):
        return {key: _filled(value, known) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_filled(value, known) for value in entry]
    for placeholder, word in known.items():
        entry = str(entry).replace(placeholder, word)
    return entry
