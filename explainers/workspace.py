"""A domain and its model, loaded once, with room for what explainers prepare for them.

Nothing of a visitor is kept here: a workspace is the same for everybody who asks about the domain.
"""
import threading
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from explainers.domain import Domain, load_domain


@dataclass(eq=False)
class Workspace:
    domain: Domain
    trust: bool = False
    language: str = "en"
    spoken_from: "Workspace | None" = None
    keeps: bool = False         # are results that took long kept on disk, and taken from there? See kept.py
    _prepared: dict = field(default_factory=dict)
    _locks: dict = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def model(self):
        """The domain's model, loaded (or trained, where the domain names none) at first use."""
        if self.spoken_from is not None:
            return self.spoken_from.model
        from explainers.loading import load_model
        return self.prepared("model", lambda: load_model(self.domain, trust=self.trust))

    def prepared(self, key, make):
        """What `make()` gave the first time; for explainers whose preparation costs more than their use."""
        if key in self._prepared:       # without the lock: threads at work for its holder may ask for what is there
            return self._prepared[key]
        with self._lock:                # a lock a key: what takes long for one visitor does not hold up what others need
            lock = self._locks.setdefault(key, threading.RLock())
        with lock:
            if key not in self._prepared:
                self._prepared[key] = make()
            return self._prepared[key]

    def kept(self, key, make):
        """The same for a result of JSON values that another process can take up, where this workspace keeps such."""
        from explainers.kept import kept_result
        return self.prepared(key, lambda: kept_result(self, key, make))

    def speaking(self, language):
        """The same domain, model and preparations, with the domain's words in another language."""
        if language == self.language:
            return self
        if self.spoken_from is not None:
            return self.spoken_from.speaking(language)
        return self.prepared(("speaking", language), lambda: replace(
            self, domain=load_domain(str(self.domain.path), language), language=language, spoken_from=self))

    @property
    def model_hash(self):
        """Hash of the model where it has been loaded, else an empty text: nothing asked so far needed it."""
        loaded = vars(self.spoken_from or self).get("model")
        return loaded.hash if loaded is not None else ""

    def decide(self, probabilities):
        """Outcome codes for an n_rows x n_outcomes array: the domain's threshold for two outcomes, else the likeliest."""
        classes = np.array(self.model.classes, dtype=object)
        domain = self.domain
        if domain.favourable in self.model.classes and len(classes) == 2:
            favourable = self.model.classes.index(domain.favourable)
            met = probabilities[:, favourable] >= domain.threshold
            return classes[np.where(met, favourable, 1 - favourable)]
        return classes[np.argmax(probabilities, axis=1)]

    def outcomes(self, frame):
        """Predicted outcome codes of raw rows."""
        return self.decide(self.model.predict(frame))


def open_workspace(name, language="en", trust=False, keeps=False):
    """Load the domain folder `name`; its model is loaded when it is first needed.

    keeps: results may be kept on disk; not with trust, where a model can hang on code that its hash does not cover.
    """
    return Workspace(load_domain(name, language), trust=trust, language=language, keeps=keeps and not trust)
