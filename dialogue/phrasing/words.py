"""The formatters: the only way for a value of the evidence into a text. Each leaves a trace of what it said.

A `Words` belongs to one answer: it knows the domain's words, the language, the level and the evidence at hand.
Templates use its formatters as filters (`{{ r.score | points }}`).
"""
from babel import Locale
from babel.lists import format_list
from jinja2 import pass_context

from dialogue.phrasing.numbers import Numbers
from dialogue.phrasing.conditions import condition_words
from dialogue.phrasing.language import spoken
from dialogue.phrasing.trace import Said, Unsaid, place_of, untraced


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
            return self.phrase("missing" if feature is not None else "none_of_family")
        if feature is None:
            return self.label_text(value) if isinstance(value, str) else self.number_text(value)
        if feature.type == "number":
            if isinstance(value, str):
                raise Unsaid(f"{feature.name} is a number, not {value}")
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

    def change(self, change, key="change", mark=""):
        """One changed value: `loan duration: 24 months instead of 48 months`."""
        after, before = getattr(change, "to"), getattr(change, "from")
        text = self.phrase(key).format(label=self.label_text(change.feature), before=self.before_text(before, change.feature),
                                       to=f"{mark}{self.value_text(after, change.feature)}{mark}")
        return self.say(text, "change", after, before, change.feature)

    def before_text(self, value, name):
        """The value that a new one stands beside: without the unit that the new one carries."""
        feature = self.domain.features.get(str(name))
        if feature is None or feature.type != "number" or value is None or not feature.unit or not feature.unit[0].isalpha():
            return self.value_text(value, name)
        if isinstance(value, str):
            raise Unsaid(f"{feature.name} is a number, not {value}")
        return self.bare(float(value), feature)

    def change_bold(self, change):
        """The same with the new value set off: `loan duration: **24 months** instead of 48 months`."""
        return self.change(change, "change_from_missing" if getattr(change, "from") is None else "change", "**")

    def change_if(self, change):
        """The same within a sentence that begins with `if`: `the loan duration were 24 months instead of 48 months`."""
        if getattr(change, "from") is None:
            return self.change(change, "change_if_from_missing")
        feature = self.domain.features.get(str(change.feature))
        return self.change(change, "change_if_yes_no" if feature is not None and feature.type == "yes_no" else "change_if")

    def named_feature(self, item):
        """A feature with its value behind it, whatever clauses the domain has: `age (22 years)`."""
        text = f"{self.label_text(item.feature)} ({self.value_text(item.value, item.feature)})"
        return self.say(text, "named", item.value, item)

    def alone(self, role):
        """The nearest value that turns the outcome on its own: `age: 40 years alone`."""
        text = self.phrase("alone").format(label=self.label_text(role.feature), value=self.value_text(role.flips_at, role.feature))
        return self.say(text, "alone", role.flips_at, role.feature)

    def obstacle(self, entry):
        """Something that stands in the way of a change: a feature, or a record that names one."""
        feature = entry.feature if hasattr(entry, "feature") else entry
        return self.say(self.phrase("obstacle").format(label=self.label_text(feature)), "label", feature)

    def condition(self, condition):
        """A condition in words: `age under 25 and housing: rented`."""
        return self.say(condition_words(condition, self), "condition", condition)

    # -- outcomes and texts ----------------------------------------------------------------------------------------

    def outcome(self, code):
        """An outcome's name."""
        return self.say(self.outcome_text(code), "outcome", code)

    def outcome_text(self, code):
        return self.domain.outcomes.get(str(code), str(code))

    def way(self, positive):
        """The side of positive contributions: towards the outcome told, or up; `against it` where a decision hangs on it."""
        domain, ways = self.domain, self.phrase("ways")
        if domain.regression:
            return ways["higher" if positive else "lower"]
        if domain.file.decision and domain.favourable and len(domain.outcomes) == 2:
            return ways["for" if positive == (self.told == domain.favourable) else "against"]
        if positive or len(domain.outcomes) == 2:
            code = self.told if positive else next(c for c in domain.outcomes if c != self.told)
            return ways["towards"].format(outcome=self.outcome_text(code))
        return ways["away"].format(outcome=self.outcome_text(self.told))

    def speaks_for(self, contribution):
        """Is it on the side that people hope for (or up, where nobody hopes for any)?"""
        up = float(contribution) > 0
        return up if self.domain.favourable is None or self.domain.regression else up == (self.told == self.domain.favourable)

    def score_name(self, code):
        """What the score of an outcome is called: `score for not repaying`."""
        return self.say(self.score_name_text(code), "score_name", code)

    def score_name_text(self, code):
        label = self.domain.score_label if str(code) == self.domain.counted else None
        if label and self.phrase("score_word") in label.lower():
            return label
        return self.phrase("score_name").format(outcome=label or self.outcome_text(code))

    def output_name(self, output):
        """The output that is explained: probability, log-odds or the target's unit."""
        known = self.phrase("outputs")
        return self.say(known.get(str(output), known["other"].format(unit=output)), "output_name", output)

    def method_name(self, method):
        """A method by its name among experts; one without an entry keeps its own."""
        known = self.phrase("methods")
        return self.say(known.get(str(method), known["other"].format(method=method)), "method_name", method)

    def background_name(self, which):
        known = self.phrase("backgrounds")
        return self.say(known.get(str(which), known["other"].format(which=which)), "background_name", which)

    def measure_name(self, measure):
        known = self.phrase("measures")
        return self.say(known.get(str(measure), known["other"])["text"].format(measure=measure), "measure_name", measure)

    def rows_name(self, which):
        known = self.phrase("which_rows")
        return self.say(known.get(str(which), known["other"]).format(which=which), "rows_name", which)

    def family_name(self, family):
        known = self.phrase("families")
        return self.say(known.get(str(family), known["other"].format(family=family)), "family_name", family)

    def metric_name(self, metric):
        known = self.phrase("metrics")
        return self.say(known.get(str(metric), known["other"].format(metric=metric)), "metric_name", metric)

    def case_name(self, case):
        return self.say(self.phrase("case_name").format(case=case), "case", case)

    def differing(self, item):
        """A value in which another case differs: `age (35 years)`."""
        text = self.phrase("differs").format(label=self.label_text(item.feature), value=self.value_text(item.value, item.feature))
        return self.say(text, "named", item.value, item)

    def effect_way(self, entry):
        """How the output goes with a feature, as a sentence."""
        thing = self.phrase("figures.thing")["estimate"] if self.domain.regression else self.score_name_text(self.told)
        text = self.phrase("effect")[str(entry.direction)].format(label=self.label_text(entry.feature), thing=thing)
        return self.say(self.grammar.capitalised(text), "effect_way", entry.direction, entry.feature)

    def other_outcome(self, code):
        """The other one of two outcomes."""
        return self.say(self.outcome_text(next(c for c in self.domain.outcomes if c != str(code))), "other_outcome", code)

    def group(self, size):
        """A number of cases with the domain's word: `1 applicant`, `45 applicants`."""
        one, many = self.domain.file.case[:2]
        return self.say(f"{self.figure(size)} {one if float(size) == 1 else many}", "whole", size)

    def told_as_is(self, text):
        """A text of the domain, a hash, a name: as it stands."""
        return self.say(untraced(text), "text", text)

    def listed(self, texts, style="standard"):
        """Texts joined as a list: `a, b, and c`; `or` joins with or."""
        return format_list(list(texts), style=style, locale=self.locale)

    def capitalised(self, text):
        return self.grammar.capitalised(text)

    def key(self, code):
        """A code as a key for choosing a phrase; the phrase that it chooses is what is said."""
        self.say(str(code), "key", code)
        return str(code)

    def sentence(self, text):
        """The text with a full stop, where it has no end mark of its own."""
        return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."

    def pick(self, key):
        """One of several wordings of the same thing, by the turn; a replay of the turn gives the same one."""
        found = self.phrase(key)
        return found if isinstance(found, str) else found[self.turn % len(found)]


FORMATTERS = ("label", "value", "reason", "named", "change", "condition", "outcome", "listed", "capitalised",
              "score", "score_as", "points", "moved", "signed", "size", "amount", "share", "whole", "noun", "ordinal", "probability",
              "decimal", "technical", "percent", "limit", "score_name", "output_name", "method_name", "group", "background_name",
              "other_outcome", "share_floor", "told_threshold", "nth",
              "change_bold", "change_if", "named_feature", "alone", "obstacle", "measure_name", "rows_name", "importance", "rank",
              "length_noun", "count_of", "size_key", "size_answer", "as_count", "sentence", "key", "family_name", "metric_name",
              "case_name", "differing", "effect_way", "as_output", "metric", "metric_end")


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


@pass_context
def _has_words(context, kind):
    return context["_words"].language.has_template(str(kind))


@pass_context
def _explained(context, term):
    return context["_words"].language.term(term)


@pass_context
def _known_terms(context):
    return sorted(context["_words"].language.terms, key=str.lower)


def _speaks(code):
    return code in spoken()


@pass_context
def _languages(context):
    locale = context["_words"].locale
    return [Locale.parse(code).get_display_name(locale) for code in spoken()]


@pass_context
def _way(context, positive):
    return context["_words"].way(bool(positive))


GLOBALS = {"way": _way, "pick": _pick, "phrase": _phrase, "has_phrase": _has_phrase, "kind_name": _kind_name, "has_words": _has_words,
           "explained": _explained, "known_terms": _known_terms, "speaks": _speaks, "languages": _languages}
