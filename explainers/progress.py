"""How far long work has come, told to whoever waits for it, who may end it there.

Whoever waits lets the work run under `watched(report)`. The work goes through `steps`, or calls `tell` where it has no steps;
report(what, done, total) is called between two of them (`what`: one of WORDS), and ends all of it by raising Stopped. Nothing
half done is kept then, since results are put away whole. Of work within work only the outermost is told, the rest asks
whether to go on. Where nobody waits nothing is called.

A context variable and no argument, since what is computed belongs to all who ask about a domain, and waiting to one of them.
"""
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Callable

WORDS = ("features", "pairs", "models", "models_asked", "cases", "parts", "rows", "rules", "ways")
_watch = ContextVar("watch", default=None)


class Stopped(Exception):
    """Whoever waited for the work has given it up."""


@dataclass
class _Watch:
    report: Callable
    outer: tuple | None = None


@contextmanager
def watched(report):
    """Work inside is told to `report(what, done, total)`, in this thread."""
    token = _watch.set(_Watch(report))
    try:
        yield
    finally:
        _watch.reset(token)


def tell(what, done, total):
    """So much of the work is done; may raise Stopped. total: None where nobody knows."""
    watch = _watch.get()
    if watch is not None:
        watch.report(*(watch.outer or (what, done, total)))


def steps(what, items, total=None):
    """The items one by one, each told before its turn; total: how many, where they cannot be counted."""
    watch = _watch.get()
    if watch is None:
        yield from items
        return
    outermost = watch.outer is None
    total = len(items) if total is None else total
    try:
        for done, item in enumerate(items):
            if outermost:
                watch.outer = (what, done, total)
            watch.report(*watch.outer)
            yield item
    finally:
        if outermost:
            watch.outer = None
