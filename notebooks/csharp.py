"""A cell that begins with %%csharp is a C# program of one file, run by `dotnet run`; words behind it are its arguments.

Its `#:project` lines are relative to the notebook's folder, and a `#:package` has the version that Directory.Packages.props names.
"""
import hashlib
import subprocess
from pathlib import Path


def csharp(line, cell):
    # Named after its text, so that a cell that was run before is not built again.
    file = Path(f".cell-{hashlib.sha256(cell.encode()).hexdigest()[:8]}.cs")
    file.write_text(cell)
    try:
        ended = subprocess.run(
            ["dotnet", "run", "--configuration", "Release", "--file", file, "--", *line.split()], capture_output=True, text=True)
    finally:
        file.unlink()
    if ended.returncode != 0:
        raise RuntimeError(ended.stdout + ended.stderr)
    print(ended.stdout, end="")


def load_ipython_extension(ipython):
    ipython.register_magic_function(csharp, "cell")
