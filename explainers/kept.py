"""Results that took long to work out, kept on disk for the next process: var/results/<hash>.json.

The name is a hash of all that a result depends on: data and domain file, model, the code of explainers/, versions of the
libraries and what was asked. Files are JSON (no code can hide in them) and repeat that text, so that a file that is broken or
belongs to something else is worked out anew. The oldest go where all together grow beyond LARGEST bytes.
"""
import hashlib
import json
import os
import time
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

QUICK = 0.3              # seconds; what took less is not kept
LARGEST = 30_000_000
SOURCE = Path(__file__).resolve().parent


def folder():
    return Path(os.environ.get("BECAUSE_VAR") or SOURCE.parent / "var") / "results"


def kept_result(workspace, key, make):
    """What `make()` gives, as JSON would give it back: from disk where it is there, else made, and kept where it took long."""
    from explainers.explain import plain
    if not workspace.keeps:
        return plain(make())
    about = json.dumps([workspace.domain.data_hash, workspace.model.hash, workspace.model.library, code(), repr(key)])
    path = folder() / f"{hashlib.sha256(about.encode()).hexdigest()[:32]}.json"
    found = _read(path, about)
    if found is None:
        started = time.perf_counter()
        found = plain(make())
        if time.perf_counter() - started > QUICK:
            _write(path, {"about": about, "result": found})
    return found


def _read(path, about):
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept.get("result") if isinstance(kept, dict) and kept.get("about") == about else None


def _write(path, kept):
    """Where nothing can be written nothing is kept."""
    try:
        with whole(path) as fresh:
            fresh.write_text(json.dumps(kept), encoding="utf-8")
        _make_room(path.parent)
    except OSError:
        return


@contextmanager
def whole(path):
    """A file beside `path` to write to, moved into its place afterwards: whole or not at all, also when several processes do so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def of_rows(rows):
    """What stands for raw rows in a key: a hash of their names and values."""
    import pandas
    return len(rows), hashlib.sha256(pandas.util.hash_pandas_object(rows, index=True).to_numpy().tobytes()).hexdigest()[:32]


def _make_room(place):
    files = sorted(((file.stat().st_mtime, file.stat().st_size, file) for file in place.glob("*.json")), reverse=True)
    total = 0
    for _, size, file in files:
        total += size
        if total > LARGEST:
            file.unlink(missing_ok=True)


@lru_cache
def code():
    """Hash of the code that results come from, and of the versions of what it stands on."""
    import numpy
    import pandas
    import sklearn
    digest = hashlib.sha256(" ".join([numpy.__version__, pandas.__version__, sklearn.__version__]).encode())
    for file in sorted(SOURCE.rglob("*.py")):
        digest.update(file.relative_to(SOURCE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
