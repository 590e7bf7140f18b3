"""What the package takes from its surroundings. The module in Rust reads none of it."""

from __future__ import annotations

import os
import sys

from . import _native
from ._options import StrPath


def path_of(path: StrPath | None) -> str | None:
    return None if path is None else os.path.expanduser(os.fspath(path))


def home() -> str | None:
    folder = os.path.expanduser("~")
    return os.path.realpath(folder) if os.path.isabs(folder) else None


def cache() -> str | None:
    """Where the command keeps an index whose corpus cannot be written."""
    named, at_home = os.environ.get("XDG_CACHE_HOME", ""), home()
    if os.path.isabs(named):
        return os.path.join(named, "quotable")
    return os.path.join(at_home, ".cache", "quotable") if at_home else None


_READ = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("_native", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.read_worker()
"""


def worker() -> list[str] | None:
    """The command that reads files in a process of its own, so that none can crash this one; ``None`` where Python is part of
    another program, which cannot be started so."""
    name = os.path.basename(sys.executable or "").lower()
    if not name.startswith(("python", "pypy")) or _native.__file__ is None:
        return None
    # Isolated and without site packages: it starts fast, and imports nothing from the folder of the reports.
    return [sys.executable, "-I", "-S", "-c", _READ, _native.__file__]
