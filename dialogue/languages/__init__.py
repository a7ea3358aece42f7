"""The languages: a folder each, `dialogue/languages/<code>/`, found by its phrases."""
from functools import lru_cache
from pathlib import Path


@lru_cache
def languages():
    """Codes of the languages that answers can be given in, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/phrases.yaml")))
