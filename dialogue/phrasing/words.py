"""The formatters: the only way for a value of the evidence into a text. Each leaves a trace of what it said.

A `Words` belongs to one answer: it knows the domain's words, the language, the level and the evidence at hand.
Templates use its formatters as filters (`{{ r.score | points }}`).
"""
from dialogue.phrasing.amounts import Amounts
from dialogue.phrasing.conditions import condition_list, condition_words
from dialogue.phrasing.names import Names
from dialogue.phrasing.numbers import Numbers
from dialogue.phrasing.trace import Said, Unsaid, place_of, untraced
from explainers.comparison import value_of


class Words(Names, Numbers, Amounts):
    """Formatters for features, values and changes; for numbers see `numbers.py` and `amounts.py`, for outcomes `names.py`."""

    def __init__(self, domain, language, level, turn=1):
        self.domain, self.language, self.level, self.turn = domain, language, level, turn
        self.grammar, self.locale, self.phrase = language.grammar, language.locale, language.phrase
        self.output, self.told, self.one, self.trace, self.here = "none", None, True, [], None

    def about(self, evidence):
        """Speak of this evidence from now on: its outcome is the one whose score is told."""
        self.output, self.told = str(evidence.output), evidence.outcome
        self.one = evidence.scope["kind"] in ("case", "new")
        return self

    def own_value(self, feature):
        """What the case at hand has of a feature, for figures about all cases; None where there is no such case."""
        player = next((player for player in self.domain.players if player.name == str(feature)), None)
        if self.here not in self.domain.cases.index or player is None:
            return None
        return value_of(self.domain, player, self.domain.case(self.here))

    def say(self, text, formatter, *values):
        """`text` as a formatter's result, noted down with the places its values came from."""
        text = str(text)
        places = tuple(place_of(value) or "" for value in values)
        self.trace.append(Said(text, places, tuple(untraced(value) for value in values), formatter))
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

    def the(self, feature):
        """A feature's label within a sentence; that of a yes/no value, which may be an adjective or a clause, in quotes."""
        known = self.domain.features.get(str(feature))
        kind = "yes_no" if known is not None and known.type == "yes_no" else "other"
        return self.say(self.phrase("the_feature")[kind].format(label=self.label_text(feature)), "label", feature)

    def value(self, value, feature, case=None):
        """A feature's value: `48 months`, `rented`, `yes`, `not known`; a unit takes a grammatical `case`."""
        return self.say(self.value_text(value, feature, case), "value", value, feature)

    def span(self, low, high, feature, case=None):
        """Two values with their unit once: `4 to 60 months`; the unit takes a grammatical `case`."""
        known = self.domain.features.get(str(feature))
        first, last = self.value_text(low, feature, case), self.value_text(high, feature, case)
        bare = self.bare(float(low), known) if known is not None and known.type == "number" and low is not None else first
        return self.say(self.span_text(first, last, bare), "span", low, high, feature)

    def value_text(self, value, name, case=None):
        feature = self.domain.features.get(str(name))
        if value is None:
            return self.phrase("missing" if feature is not None else "none_of_family")
        if feature is None:
            return self.member_text(value, name) if isinstance(value, str) else self.number_text(value)
        if feature.type == "number":
            if isinstance(value, str):
                raise Unsaid(f"{feature.name} is a number, not {value}")
            return self.with_unit(float(value), feature, case)
        if feature.type == "yes_no":
            return self.phrase("yes" if value in (True, 1, "true") else "no")
        return feature.values.get(self.code_text(value), self.code_text(value))

    def member_text(self, column, family):
        """What a column of a family stands for, without the family's name before it: `two year` of `contract two year`."""
        label, before = self.label_text(column), self.label_text(family) + " "
        return label[len(before):] if label.lower().startswith(before.lower()) and len(label) > len(before) else label

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
        text = self.phrase(key).format(label=self.label_text(change.feature), before=self.before_text(before,
                                                                                                      change.feature),
                                       to=f"{mark}{self.value_text(after, change.feature)}{mark}")
        return self.say(text, "change", after, before, change.feature)

    def before_text(self, value, name):
        """The value that a new one stands beside: without the unit that the new one carries."""
        feature = self.domain.features.get(str(name))
        if feature is not None and feature.type == "category" and value is not None:
            return self.phrase("before_code").format(value=self.value_text(value, name))
        worded = feature is not None and feature.type == "number" and feature.unit and feature.unit[0].isalpha()
        if not worded or value is None:
            return self.value_text(value, name)
        if isinstance(value, str):
            raise Unsaid(f"{feature.name} is a number, not {value}")
        return self.bare(float(value), feature)

    def unchanged(self, change):
        """A value that a change would set and that holds already: `the loan duration is 24 months`."""
        text = self.phrase("unchanged").format(label=self.label_text(change.feature),
                                               value=self.value_text(change.to, change.feature))
        return self.say(text, "change", change.to, change.feature)

    def change_bold(self, change):
        """The same with the new value set off: `loan duration: **24 months** instead of 48 months`."""
        return self.change(change, "change_from_missing" if getattr(change, "from") is None else "change", "**")

    def change_if(self, change):
        """The same within a sentence that begins with `if`: `the loan duration were 24 months instead of 48 months`."""
        if getattr(change, "from") is None:
            return self.change(change, "change_if_from_missing")
        feature = self.domain.features.get(str(change.feature))
        return self.change(change, "change_if_yes_no" if feature is not None and feature.type ==
                           "yes_no" else "change_if")

    def named_feature(self, item):
        """A feature with its value behind it, whatever clauses the domain has: `age (22 years)`."""
        text = self.phrase("named_feature").format(label=self.label_text(item.feature), value=self.value_text(item.value, item.feature))
        return self.say(text, "named", item.value, item)

    def alone(self, role):
        """The nearest value that turns the outcome on its own: `age: 40 years alone`."""
        label, value = self.label_text(role.feature), self.value_text(role.flips_at, role.feature)
        text = self.phrase("alone").format(label=label, value=value)
        return self.say(text, "alone", role.flips_at, role.feature)

    def obstacle(self, entry):
        """Something that stands in the way of a change: a feature, or a record that names one."""
        feature = entry.feature if hasattr(entry, "feature") else entry
        return self.say(self.phrase("obstacle").format(label=self.label_text(feature)), "label", feature)

    def conditions(self, conditions):
        """Conditions that all hold, each in words, as a list to join."""
        return [self.say(text, "condition", *conditions) for text in condition_list(conditions, self)]

    def condition(self, condition):
        """A condition in words: `age under 25 and housing: rented`."""
        return self.say(condition_words(condition, self), "condition", condition)
