"""Flesch-Kincaid grade level (Kincaid et al. 1975) of a Markdown text; an item of a list ends a sentence."""
import re


def sentences(markdown):
    """Lists of words, one a sentence."""
    found = []
    for line in markdown.split("\n"):
        line = re.sub(r"^\s*(- |\d+\. |#+ |> )", "", line).replace("*", "").replace("`", "")
        line = re.sub(r"(?<=\d)[.,](?=\d)", "", line)
        found += [re.findall(r"[A-Za-z0-9]+(?:['’-][A-Za-z]+)*", part) for part in re.split(r"[.!?]+(?:\s|$)", line)]
    return [words for words in found if words]


def syllables(word):
    """Groups of vowels, without a silent e; a number counts as one word of one syllable for each digit up to three."""
    if word[0].isdigit():
        return min(3, sum(letter.isdigit() for letter in word))
    word = word.lower()
    count = len(re.findall(r"(?:[aeiou]|y(?![aeiou]))+", word))
    if re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouyscxzgh]es$", word) and count > 1:
        count -= 1
    return max(1, count)


def grade(markdown):
    found = sentences(markdown)
    words = [word for sentence in found for word in sentence]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def mean_sentence(markdown):
    found = sentences(markdown)
    return sum(map(len, found)) / len(found)
