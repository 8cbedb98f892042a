"""House rules no linter knows: what may wait, what may be imported where, what must never be written down."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("bot", "handlers", "storage", "config", "domain")
PURE_LIBRARIES = {"holidays", "rapidfuzz", "snowballstemmer"}
# fmt: off
WORLD = {
    "asyncio", "builtins", "concurrent", "ctypes", "http", "importlib", "io", "logging", "multiprocessing", "os",
    "pathlib", "secrets", "select", "selectors", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys",
    "tempfile", "threading", "time", "urllib", "uuid",
}
# fmt: on
"""Standard modules through which the world gets in: files, network, clock, chance, environment."""

DOORS = {
    "telegram": "bot/channels/telegram",
    "nio": "bot/channels/matrix",
    "vodozemac": "bot/channels/matrix",
    "apscheduler": "bot/clock",
    "alembic": "storage/",
    "psycopg": "storage/",
    "sqlalchemy": "storage/",
}
"""Where alone a library may be imported: the beginning of the path."""

WAITING = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
VAGUE = {"common", "helper", "helpers", "manager", "misc", "service", "services", "util", "utils"}

LOCAL = {".git", "artefacts", "build", "data", "dist", "node_modules", "secrets", "themenbote.toml"}
INDEX_HOSTS = ("files." + "pythonhosted", "pypi" + ".org", "dev" + "pi", "artifact" + "ory", "nexus" + ".")
MACHINE_PATH = re.compile(
    r"(?<![\w.~$}-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "op" + "t")) + r")/\w"
)


@cache
def sources() -> dict[Path, ast.Module]:
    """All code by file, read when it is first asked for, since every worker imports this file."""
    return {
        path: ast.parse(path.read_text("utf-8"), str(path))
        for folder in (*FLOORS, "tests", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def nodes(*floors: str) -> Iterator[tuple[Path, ast.AST]]:
    for path, tree in sources().items():
        if path.relative_to(ROOT).parts[0] in floors:
            yield from ((path, node) for node in ast.walk(tree))


def imported(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names=names):
            return {name.name.partition(".")[0] for name in names}
        case ast.ImportFrom(module=str(module)):
            return {module.partition(".")[0]}
    return set()


def committed_files() -> Iterator[tuple[Path, str]]:
    """Every text file of the tree, without environments, caches and what a running copy leaves behind."""
    for top in sorted(ROOT.iterdir()):
        if top.name in LOCAL or (top.is_dir() and top.name.startswith(".") and top.name != ".ci"):
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if "__pycache__" in path.parts or not path.is_file():
                continue
            try:
                yield path, path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def test_only_the_process_waits() -> None:
    waiting = [
        where(*found) for found in nodes("handlers", "storage", "config", "domain") if isinstance(found[1], WAITING)
    ]
    assert not waiting, "await belongs to bot/ alone"


def test_domain_imports_nothing_that_reaches_the_world() -> None:
    permitted = (sys.stdlib_module_names - WORLD) | PURE_LIBRARIES | {"domain"}
    reaching = [
        f"{where(path, node)} {module}" for path, node in nodes("domain") for module in imported(node) - permitted
    ]
    assert not reaching


def test_each_library_has_one_door() -> None:
    strays = [
        f"{where(path, node)} {module}"
        for path, node in nodes(*FLOORS)
        for module in imported(node) & DOORS.keys()
        if not path.relative_to(ROOT).as_posix().startswith(DOORS[module])
    ]
    assert not strays


def test_no_floor_below_the_process_reads_the_clock() -> None:
    reading = [
        where(path, node)
        for path, node in nodes("domain", "storage", "handlers")
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and ast.unparse(node.func.value).rpartition(".")[2] in {"datetime", "date"}
    ]
    assert not reading, "the time is passed in"


def test_handlers_never_commit() -> None:
    committing = [
        where(path, node)
        for path, node in nodes("handlers")
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert not committing, "transactions open and close at the doors of bot/"


def test_types_are_imported_like_everything_else() -> None:
    name = "TYPE_" + "CHECKING"
    blocks = [
        where(path, node)
        for path, node in nodes(*FLOORS, "tests", "benchmarks")
        if (isinstance(node, ast.Name) and node.id == name) or (isinstance(node, ast.Attribute) and node.attr == name)
    ]
    assert not blocks, "an import circle is taken apart, not hidden"


@pytest.mark.parametrize("floor", FLOORS)
def test_packages_export_nothing(floor: str) -> None:
    full = [
        where(path, statement)
        for path, tree in sources().items()
        if path.name == "__init__.py" and path.relative_to(ROOT).parts[0] == floor
        for statement in tree.body
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
    ]
    assert not full, "a name is imported from where it is defined"


def test_files_are_named_for_what_they_hold() -> None:
    vague = [str(path.relative_to(ROOT)) for path in sources() if path.stem in VAGUE]
    assert not vague


def test_nothing_ties_the_tree_to_one_machine_or_index() -> None:
    tied = [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in committed_files()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line) or any(host in line.lower() for host in INDEX_HOSTS)
    ]
    assert not tied


def test_locks_carry_hashes_and_no_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text("utf-8")
        assert "://" not in text, lock.name
        for requirement in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,-]+\])?==\S+", requirement), requirement
            assert "--hash=sha256:" in requirement, requirement
