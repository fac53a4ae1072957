"""The folder of `./eyeslots demo`, which all notebooks read, and the program."""
import json
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("EYESLOTS_DEMO", HERE.parent / "eyeslots-demo"))
PROGRAM = os.environ.get("EYESLOTS_PROGRAM", HERE.parent / "eyeslots")


def part(name):
    """The demo's `faces`, `out` (the shards) or `run`; the largest, where there are several demos."""
    found = sorted(FOLDER.glob(f"{name}-*"), key=lambda folder: int(folder.name.split("-")[1]))
    if not found:
        raise FileNotFoundError(f"There is no demo in {FOLDER.resolve()}: run ./eyeslots demo first, or set EYESLOTS_DEMO.")
    return found[-1]


def eyeslots(*words):
    """Runs a command of the program; what it prints with --json."""
    ended = subprocess.run([PROGRAM, *map(str, words), "--json"], capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(ended.stdout + ended.stderr)
    return json.loads(ended.stdout)
