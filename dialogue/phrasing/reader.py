"""Which level seems to fit a reader, from how they write: offered as a question to click, never switched to."""
import re


def fitting(question, words, memory):
    """[(key of a suggestion, slots)] of the level that the words of the question speak for; mostly none."""
    if question.level != words.level or words.level == "expert":
        return []
    technical = _technical(question.text, words.language)
    if not technical:
        return []
    return [("level.expert" if len(technical) > 1 or words.level == "practitioner" else "level.practitioner", {})]


def _technical(text, language):
    """The words of `technical` in suggestions.yaml that the text uses."""
    said = _plain(text)
    return {word for word in language.suggestions.get("technical", ()) if re.search(rf"\b{re.escape(_plain(word))}\b", said)}


def _plain(text):
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
