"""In which way reasons are asked for: by which method, in which output space."""
import re

METHODS = (
    ("path_dependent", r"\bpath ?-? ?dependent\b|\bpfadabhängig\w*"),
    ("lime", r"\blime\b"),
    ("shap", r"\bshap\b"),
)
LOG_ODDS = re.compile(r"\blog ?-? ?odds\b|\blogits?\b|\blogodds\b")


def ways(tokens):
    """Options `method` and `output` that a question names: {} where it names none. Read from its words as they were
    written: a column may be called "dependents"."""
    text = " ".join(token.text for token in tokens)
    method = next((name for name, pattern in METHODS if re.search(pattern, text)), None)
    return ({"method": method} if method else {}) | ({"output": "log_odds"} if LOG_ODDS.search(text) else {})
