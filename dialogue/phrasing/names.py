"""Formatters for outcomes and for what methods, models and measures are called; part of `Words`."""
import re

from babel.lists import format_list

from dialogue.phrasing.trace import untraced

IN_BRACKETS = re.compile(r" \([^()]*\)$")         # what experts call it


class Names:
    """Outcomes, sides, names of methods, and small work on texts."""

    def outcome(self, code):
        """An outcome's name."""
        return self.say(self.outcome_text(code), "outcome", code)

    def outcome_text(self, code):
        return self.domain.outcomes.get(str(code), str(code))

    def way(self, positive):
        """The side of contributions: towards the outcome told, or up; `against it` where a decision hangs on it."""
        domain, ways = self.domain, self.phrase("ways")
        if domain.regression:
            return ways["higher" if positive else "lower"]
        if domain.file.decision and domain.favourable and len(domain.outcomes) == 2:
            side = ways["for" if positive == (self.told == domain.favourable) else "against"]
            form = side if isinstance(side, str) else side["one" if self.one else "many"]
            return form.format(case=domain.file.case[0], cases=domain.file.case[1],
                               favourable=self.outcome_text(domain.favourable))
        if positive or len(domain.outcomes) == 2:
            code = self.told if positive else next(c for c in domain.outcomes if c != self.told)
            return ways["towards"].format(outcome=self.outcome_text(code))
        return ways["away"].format(outcome=self.outcome_text(self.told))

    def speaks_for(self, contribution):
        """Is it on the side that people hope for (or up, where nobody hopes for any)?"""
        up = float(contribution) > 0
        if self.domain.favourable is None or self.domain.regression:
            return up
        return up == (self.told == self.domain.favourable)

    def same_amount(self, value, other):
        """Do two values of a regression read alike? Nothing is said."""
        return self.amount_text(value) == self.amount_text(other)

    def score_name(self, code):
        """What the score of an outcome is called: `score for not repaying`."""
        return self.say(self.score_name_text(code), "score_name", code)

    def score_name_text(self, code):
        label = self.domain.score_label if str(code) == self.domain.counted else None
        if label and self.phrase("score_word") in label.lower():
            return label
        if label:
            return self.phrase("score_name").format(outcome=label)
        return self.phrase("score_name_of_outcome").format(outcome=self.outcome_text(code))

    def output_name(self, output):
        """The output that is explained: probability, log-odds or the target's unit."""
        known = self.phrase("outputs")
        return self.say(known.get(str(output), known["other"].format(unit=output)), "output_name", output)

    def method_name(self, method):
        """A method by its name among experts; one without an entry keeps its own."""
        known = self.phrase("methods")
        return self.say(known.get(str(method), known["other"].format(method=method)), "method_name", method)

    def library_name(self, library):
        """What did the computing, with its version: `scikit-learn 1.9.1`."""
        known = self.phrase("libraries")
        return self.say(known.get(str(library), known["other"].format(library=library)), "library_name", library)

    def background_name(self, which):
        known = self.phrase("backgrounds")
        return self.say(known.get(str(which), known["other"].format(which=which)), "background_name", which)

    def measure_name(self, measure):
        known = self.phrase("measures")
        return self.say(known.get(str(measure), known["other"])[
                        "text"].format(measure=measure), "measure_name", measure)

    def rows_name(self, which):
        known = self.phrase("which_rows")
        return self.say(known.get(str(which), known["other"]).format(which=which), "rows_name", which)

    def family_name(self, family):
        """The kind of a model; plain readers are spared the experts' name of it."""
        known = self.phrase("families")
        text = known.get(str(family), known["other"].format(family=family))
        return self.say(IN_BRACKETS.sub("", text) if self.level == "plain" else text, "family_name", family)

    def metric_name(self, metric):
        known = self.phrase("metrics")
        return self.say(known.get(str(metric), known["other"].format(metric=metric)), "metric_name", metric)

    def case_name(self, case):
        return self.say(self.phrase("case_name").format(case=case), "case", case)

    def differing(self, item):
        """A value in which another case differs: `age (35 years)`."""
        label, value = self.label_text(item.feature), self.value_text(item.value, item.feature)
        text = self.phrase("differs").format(label=label, value=value)
        return self.say(text, "named", item.value, item)

    def effect_way(self, entry):
        """How the output goes with a feature, as a sentence."""
        return self.say(self.effect_text(entry), "effect_way", entry.direction, entry.feature)

    def effect_text(self, entry):
        thing = self.phrase("figures.thing")["estimate"] if self.domain.regression else self.score_name_text(self.told)
        feature, points = self.domain.features.get(str(entry.feature)), list(entry.points)
        key, ends = str(entry.direction), {}
        ranked = feature is not None and feature.type != "number" and len(points) > 1
        if ranked and self.language.has_phrase(f"effect_of_ranks.{key}"):
            ends = {"first": self.value_text(points[0].value, entry.feature),
                    "last": self.value_text(points[-1].value, entry.feature)}
        text = self.phrase("effect_of_ranks" if ends else "effect")[key]
        return self.grammar.capitalised(text.format(label=self.label_text(entry.feature), thing=thing, **ends))

    def other_outcome(self, code):
        """The other one of two outcomes."""
        other = next(known for known in self.domain.outcomes if known != str(code))
        return self.say(self.outcome_text(other), "other_outcome", code)

    def group(self, size, case=None):
        """A number of cases with the domain's word: `1 applicant`, `45 applicants`; `case` is a grammatical one."""
        one, many = self.domain.file.case[:2]
        noun = one if float(size) == 1 else self.grammar.noun_in(many, case)
        return self.say(f"{self.figure(size)} {noun}", "whole", size)

    def told_as_is(self, text):
        """A text of the domain, a hash, a name: as it stands."""
        return self.say(untraced(text), "text", text)

    def listed(self, texts, style="standard"):
        """Texts joined as a list: `a, b, and c`; `or` joins with or. With an `and` inside of one, a comma parts them."""
        texts, joint = list(texts), f" {self.phrase('conditions.and')} "
        if style == "standard" and len(texts) > 1 and any(joint in text for text in texts):
            return f"{', '.join(texts[:-1])},{joint}{texts[-1]}"
        return format_list(texts, style=style, locale=self.locale)

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
