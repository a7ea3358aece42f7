"""The words that stand on the page itself, with the domain's words filled in."""
from dialogue.phrasing.language import language


def page_texts(domain, code):
    """page.yaml of the language; {case} and {cases} are the domain's words for what is asked about."""
    one, many = domain.file.case
    known = {"case": one, "cases": many}
    fill = lambda text: text.replace("{case}", known["case"]).replace("{cases}", known["cases"]) if isinstance(text, str) else text
    return {key: [fill(item) for item in value] if isinstance(value, list) else fill(value)
            for key, value in language(code).read("page.yaml").items()}
