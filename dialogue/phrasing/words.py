"""The formatters: the only way for a value of the evidence into a text. Each leaves a trace of what it said.

A `Words` belongs to one answer: it knows the domain's words, the language, the level and the evidence at hand.
Templates use its formatters as filters (`{{ r.score | points }}`).
"""
from jinja2 import pass_context

from dialogue.phrasing.numbers import Numbers
from dialogue.phrasing.conditions import condition_words
from dialogue.phrasing.trace import Said, place_of, untraced


class Words(Numbers):
    """Formatters for features, values, outcomes and changes; those for numbers stand in `numbers.py`."""

    def __init__(self, domain, language, level, turn=1):
        self.domain, self.language, self.level, self.turn = domain, language, level, turn
        self.grammar, self.locale, self.phrase = language.grammar, language.locale, language.phrase
        self.output, self.told, self.trace = "none", None, []

    def about(self, evidence):
        """Speak of this evidence from now on: its outcome is the one whose score is told."""
        self.output, self.told = str(evidence.output), evidence.outcome
        return self

    def say(self, text, formatter, *values):
        """`text` as a formatter's result, noted down with the places its values came from."""
        text = str(text)
        self.trace.append(Said(text, tuple(place_of(v) or "" for v in values), tuple(untraced(v) for v in values), formatter))
        return text

    # -- features and their values ---------------------------------------------------------------------------------

    def label(self, feature):
        """What people call the feature (or family of columns)."""
        return self.say(self.label_text(feature), "label", feature)

    def label_text(self, feature):
        name = str(feature)
        if name in self.domain.features:
            return self.domain.features[name].label
        return next((player.label for player in self.domain.players if player.name == name), name)

    def value(self, value, feature):
        """A feature's value: `48 months`, `rented`, `yes`, `not known`."""
        return self.say(self.value_text(value, feature), "value", value, feature)

    def value_text(self, value, name):
        feature = self.domain.features.get(str(name))
        if value is None:
            return self.phrase("missing")
        if feature is None:
            return self.label_text(value) if isinstance(value, str) else self.number_text(value)
        if feature.type == "number":
            return self.with_unit(float(value), feature)
        if feature.type == "yes_no":
            return self.phrase("yes" if value in (True, 1, "true") else "no")
        return feature.values.get(self.code_text(value), self.code_text(value))

    @staticmethod
    def code_text(value):
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, float):
            return str(int(value)) if float(value).is_integer() else repr(float(value))
        return str(value)

    def reason(self, item):
        """A feature with its value as a clause of its own, from `item.feature` and `item.value`."""
        return self.say(self.grammar.capitalised(self.clause(item.feature, item.value)), "reason", item.value, item)

    def named(self, item):
        """The same within a sentence: `loan duration (48 months)`."""
        return self.say(self.inline(item.feature, item.value), "named", item.value, item)

    def clause(self, name, value):
        feature = self.domain.features.get(str(name))
        if feature is not None and value is not None:
            phrases = feature.phrases or {}
            if self.code_text(value) in phrases:
                return phrases[self.code_text(value)]
            if feature.type == "number" and "any" in phrases:
                return phrases["any"].replace("{value}", self.value_text(value, name))
            if feature.type == "yes_no":
                return self.grammar.yes_no(feature.label, value in (True, 1, "true"))
        return f"{self.label_text(name)}: {self.value_text(value, name)}"

    def inline(self, name, value):
        feature = self.domain.features.get(str(name))
        if feature is not None and value is not None:
            if self.code_text(value) in (feature.phrases or {}):
                return feature.phrases[self.code_text(value)]
            if feature.type == "yes_no" and ":" not in self.grammar.yes_no(feature.label, value in (True, 1, "true")):
                return self.grammar.yes_no(feature.label, value in (True, 1, "true"))
        return f"{self.label_text(name)} ({self.value_text(value, name)})"

    def change(self, change):
        """One changed value: `loan duration: 24 months instead of 48 months`."""
        after, before = getattr(change, "to"), getattr(change, "from")
        text = self.phrase("change").format(label=self.label_text(change.feature),
                                            to=self.value_text(after, change.feature),
                                            before=self.value_text(before, change.feature))
        return self.say(text, "change", after, before, change.feature)

    def condition(self, condition):
        """A condition in words: `age under 25 and housing: rented`."""
        return self.say(condition_words(condition, self), "condition", condition)

    # -- outcomes and texts ----------------------------------------------------------------------------------------

    def outcome(self, code):
        """An outcome's name."""
        return self.say(self.outcome_text(code), "outcome", code)

    def outcome_text(self, code):
        return self.domain.outcomes.get(str(code), str(code))

    def score_name(self, code):
        """What the score of an outcome is called: `score for not repaying`."""
        label = self.domain.score_label if str(code) == self.domain.counted else None
        text = label if label and self.phrase("score_word") in label.lower() else \
            self.phrase("score_name").format(outcome=label or self.outcome_text(code))
        return self.say(text, "score_name", code)

    def output_name(self, output):
        """The output that is explained: probability, log-odds or the target's unit."""
        known = self.phrase("outputs")
        return self.say(known.get(str(output), known["other"].format(unit=output)), "output_name", output)

    def method_name(self, method):
        """A method by its name among experts; one without an entry keeps its own."""
        known = self.phrase("methods")
        return self.say(known.get(str(method), known["other"].format(method=method)), "method_name", method)

    def group(self, size):
        """A number of cases with the domain's word: `1 applicant`, `45 applicants`."""
        one, many = self.domain.file.case[:2]
        return self.say(f"{self.figure(size)} {one if float(size) == 1 else many}", "whole", size)

    def told_as_is(self, text):
        """A text of the domain, a hash, a name: as it stands."""
        return self.say(untraced(text), "text", text)

    def listed(self, texts, style="standard"):
        """Texts joined as a list: `a, b, and c`; `or` joins with or."""
        from babel.lists import format_list
        return format_list(list(texts), style=style, locale=self.locale)

    def capitalised(self, text):
        return self.grammar.capitalised(text)

    def pick(self, key):
        """One of several wordings of the same thing, by the turn; a replay of the turn gives the same one."""
        found = self.phrase(key)
        return found if isinstance(found, str) else found[self.turn % len(found)]


FORMATTERS = ("label", "value", "reason", "named", "change", "condition", "outcome", "listed", "capitalised",
              "score", "points", "moved", "signed", "size", "amount", "share", "whole", "noun", "ordinal", "probability",
              "decimal", "technical", "percent", "limit", "score_name", "output_name", "method_name", "group")


def _filter(name):
    @pass_context
    def apply(context, value, *options, **named):
        return getattr(context["_words"], name)(value, *options, **named)
    return apply


@pass_context
def _pick(context, key):
    return context["_words"].pick(key)


@pass_context
def _phrase(context, key):
    return context["_words"].phrase(key)


FILTERS = {**{name: _filter(name) for name in FORMATTERS}, "told": _filter("told_as_is")}
@pass_context
def _has_phrase(context, key):
    return context["_words"].language.has_phrase(key)


@pass_context
def _kind_name(context, kind):
    words = context["_words"]
    return words.phrase("kinds").get(str(kind), str(kind).replace("_", " "))


GLOBALS = {"pick": _pick, "phrase": _phrase, "has_phrase": _has_phrase, "kind_name": _kind_name}
