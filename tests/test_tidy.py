"""House rules that no off-the-shelf linter knows."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("db", "domain", "endpoints", "engine", "quickbooks", "resolvers", "schema", "services")
SINGLE_MODULES = (
    "access_commands.py",
    "commands.py",
    "app.py",
    "cli.py",
    "job_commands.py",
    "server.py",
    "settings.py",
    "worker.py",
    "workers.py",
)

IN_PACKAGES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if not path.is_relative_to(ROOT / "db/migrations/versions")
)
PRODUCT = [*IN_PACKAGES, *(ROOT / name for name in SINGLE_MODULES if (ROOT / name).exists())]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

BENCHMARKS = sorted((ROOT / "benchmarks").glob("*.py"))

# What switches a tool off, and what must stand at the end of its line.
IGNORE = re.compile(r"# (noqa|type: ignore|pyright: ignore|fmt: (off|skip))")
REASON = re.compile(r"(noqa: [A-Z0-9, ]+|ignore\[\w+(, \w+)*\]) - (?!as above)\w.*$")

MODULE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40
QUERY_WORDS = {"select", "insert", "update", "delete", "text"}
QUERY_CALLS = {"exec", "execute", "executemany", "exec_driver_sql"}
CATCH_ALL_NAMES = {"base", "common", "data", "helpers", "manager", "misc", "utils"}


Rule = Callable[[Path], None]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield name
            case _:
                pass


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Each import as the top-level package and the name taken from it, if any."""
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Import(names=names):
                yield from ((alias.name.partition(".")[0], "") for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ((module.partition(".")[0], alias.name) for alias in names)
            case _:
                pass


def of_each(paths: Iterable[Path]) -> Callable[[Rule], Callable[[], None]]:
    """One test for all files: thousands of them would take longer than what they look at."""

    def made(rule: Rule) -> Callable[[], None]:
        def test() -> None:
            broken: dict[str, str] = {}
            for path in paths:
                try:
                    rule(path)
                except AssertionError as error:
                    broken[name_of(path)] = str(error)
            assert broken == {}

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return made


@of_each([*PRODUCT, *TESTS])
def test_modules_and_functions_fit_in_the_head(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MODULE_LINES_MAX
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES_MAX, node.name


@of_each([*PRODUCT, *TESTS])
def test_every_module_says_what_it_is(path: Path) -> None:
    tree = tree_of(path)
    is_empty_init = path.name == "__init__.py" and not tree.body
    assert is_empty_init or ast.get_docstring(tree)


@of_each([*PRODUCT, *TESTS, *BENCHMARKS])
def test_whatever_is_ignored_has_its_reason_beside_it(path: Path) -> None:
    reasonless = [
        line
        for line in path.read_text().splitlines()
        if IGNORE.search(line) and not REASON.search(line)
    ]
    assert reasonless == []


@of_each([*PRODUCT, *TESTS])
def test_no_name_is_a_catch_all(path: Path) -> None:
    assert CATCH_ALL_NAMES.isdisjoint(path.relative_to(ROOT).with_suffix("").parts)


@of_each(PRODUCT)
def test_only_db_and_the_engine_build_queries(path: Path) -> None:
    if not name_of(path).startswith(("db/", "engine/")):
        taken = {name for package, name in imports(path) if package in {"sqlalchemy", "sqlmodel"}}
        assert QUERY_WORDS.isdisjoint(taken)
        assert QUERY_CALLS.isdisjoint(calls(path))


@of_each(PRODUCT)
def test_only_the_database_handle_commits(path: Path) -> None:
    if name_of(path) != "db/database.py":
        assert "commit" not in calls(path)


@of_each(PRODUCT)
def test_nothing_imports_an_entry_point(path: Path) -> None:
    """Import Linter sees packages only, and these are modules; cli.py may start the server."""
    entry_points = {"access_commands", "cli", "job_commands", "server"}
    if path == ROOT / "cli.py":
        entry_points = {"cli"}
    assert entry_points.isdisjoint(package for package, _ in imports(path))


@of_each(IN_PACKAGES)
def test_money_is_never_a_float(path: Path) -> None:
    names = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)]
    # How long to wait is no amount.
    seconds = {
        id(node.annotation)
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.arg) and node.arg.endswith("seconds"))
        or (isinstance(node, ast.AnnAssign) and ast.unparse(node.target).endswith("seconds"))
    }
    assert not [node for node in names if node.id == "float" and id(node) not in seconds]
