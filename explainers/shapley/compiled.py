"""Compiles functions with numba once for a machine: what is compiled is kept in `var/compiled`."""
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "var" / "compiled"


def compiled(function):
    """The function in machine code, made at its first call; kept on disk where there is a place to write to."""
    import numba
    numba.config.CACHE_DIR = str(FOLDER)
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:        # no folder to write to: compiled anew in every process
        return numba.njit(nogil=True, error_model="numpy")(function)
