"""Data flows one way: who imports whom, imports inside functions included."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"app", "assistant", "eval", "ingest", "prompts", "benchmarks", "tests", "training"}
ALLOWED = {
    "prompts": set[str](),
    "ingest": set[str](),
    "assistant": {"ingest", "prompts"},
    "eval": {"assistant", "ingest", "prompts"},
}


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """(line, module) of every import of a file, wherever it stands; `importlib.import_module("x")` counts too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=str(module)), *_]
            ) if name in ("import_module", "__import__", "files"):
                yield node.lineno, module


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_before_it(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in files
        for line, module in imported(file)
        if module.split(".")[0] in OURS - ALLOWED[package] - {package}
    ]
    assert files
    assert wrong == []


def test_gradio_stays_in_the_page() -> None:
    packages = [file for name in ALLOWED for file in (ROOT / name).rglob("*.py")]
    using = {file for file in packages for _, module in imported(file) if module.split(".")[0] == "gradio"}
    page = ROOT / "assistant" / "web"
    assert {file for file in using if not file.is_relative_to(page)} == {ROOT / "eval" / "tab.py"}


def test_imports_inside_functions_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        "def f():\n    from eval.run import fill\n    import importlib\n    importlib.import_module('eval')\n"
    )
    assert {(line, module) for line, module in imported(file)} == {(2, "eval.run"), (3, "importlib"), (4, "eval")}
