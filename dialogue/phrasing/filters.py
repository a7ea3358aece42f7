"""What templates call: each formatter of `Words` as a filter, and the language's phrases as functions."""
from babel import Locale
from jinja2 import pass_context

from dialogue.phrasing.language import spoken
from dialogue.phrasing.selection import told_options

FORMATTERS = ("label", "the", "value", "reason", "named", "change", "condition", "conditions", "outcome", "listed", "capitalised",
              "score", "score_as", "points", "moved", "signed", "size", "amount", "share", "whole", "noun", "ordinal",
              "probability",
              "decimal", "technical", "percent", "limit", "score_name", "output_name", "method_name", "group",
              "background_name", "library_name",
              "other_outcome", "share_floor", "told_threshold", "nth",
              "change_bold", "change_if", "named_feature", "alone", "obstacle", "measure_name", "rows_name",
              "importance", "rank",
              "length_noun", "count_of", "size_key", "size_answer", "as_count", "sentence", "key", "family_name",
              "metric_name",
              "case_name", "differing", "unchanged", "span", "amount_span", "same_amount", "effect_way", "as_output",
              "metric", "metric_range", "chance")


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


FILTERS = {**{name: _filter(name) for name in FORMATTERS}, "told": _filter("told_as_is"),
           "told_options": pass_context(lambda context, options: told_options(options, context["level"]))}
@pass_context
def _has_phrase(context, key):
    return context["_words"].language.has_phrase(key)


@pass_context
def _kind_name(context, kind):
    words = context["_words"]
    names, kind = words.phrase("kinds"), str(kind)
    if words.domain is not None and words.domain.regression and f"{kind}.estimate" in names:
        return names[f"{kind}.estimate"]
    return names.get(kind, kind.replace("_", " "))


@pass_context
def _has_words(context, kind):
    return context["_words"].language.has_template(str(kind))


@pass_context
def _explained(context, term):
    return context["_words"].language.term(term)


@pass_context
def _known_terms(context):
    spoken_in = context["_words"].language
    return sorted(map(spoken_in.term_name, spoken_in.terms), key=str.lower)


def _speaks(code):
    return code in spoken()


@pass_context
def _languages(context):
    locale = context["_words"].locale
    return [Locale.parse(code).get_display_name(locale) for code in spoken()]


@pass_context
def _way(context, positive):
    return context["_words"].way(bool(positive))


GLOBALS = {"way": _way, "pick": _pick, "phrase": _phrase, "has_phrase": _has_phrase, "kind_name": _kind_name,
           "has_words": _has_words,
           "explained": _explained, "known_terms": _known_terms, "speaks": _speaks, "languages": _languages}
