"""A storey stands only on what is below it, and the check that says so can really say no."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CEILING = 400
VIEW_CEILING = 25


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", folder / "pyproject.toml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )


def modules(root: Path) -> list[Path]:
    skip = {"migrations", "tests"}
    return [path for path in sorted((root / "src").rglob("*.py")) if not skip & set(path.parts)]


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copy(root / "pyproject.toml", tmp_path)
    ignore = shutil.ignore_patterns("static", "templates", "locale", "__pycache__", "tests")
    shutil.copytree(root / "src", tmp_path / "src", ignore=ignore)
    return tmp_path


def test_every_storey_stands_on_the_storeys_below_it(root):
    result = lint_imports(root)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_contracts_catch_who_climbs_or_steps_aside(copy):
    house = copy / "src" / "samenraad"
    (house / "ledger" / "climbs.py").write_text("from samenraad.processes import models\n")
    (house / "followup" / "aside.py").write_text("from samenraad.discussion import models\n")
    (house / "methods" / "web.py").write_text("import django\n")
    twin = house / "instruments" / "twin"
    twin.mkdir()
    (twin / "__init__.py").write_text("")
    (twin / "rules.py").write_text("from django.utils import timezone\n")
    (twin / "nosy.py").write_text("from samenraad.instruments.ideas import models\n")
    result = lint_imports(copy)
    assert result.returncode != 0
    assert "Contracts: 0 kept, 4 broken." in result.stdout, result.stdout
    for broken in ["ledger.climbs", "followup.aside", "methods.web", "twin.rules", "twin.nosy"]:
        assert f"samenraad.{broken} ->" in result.stdout.replace("instruments.", ""), broken


def test_rules_and_methods_import_no_django(root):
    pure = [path for path in modules(root) if path.name == "rules.py" or "methods" in path.parts]
    assert pure
    for path in pure:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "django"], path


def test_nothing_happens_behind_the_readers_back(root):
    """No signals, no app configurations: what an action does is written in the action."""
    for path in modules(root):
        assert path.name not in ("apps.py", "signals.py", "admin.py"), path
        assert "django.dispatch" not in path.read_text(), path


def test_no_module_grows_into_the_feared_file(root):
    for path in modules(root):
        assert len(path.read_text().splitlines()) <= CEILING, f"{path}: look for the second subject in it"


def test_views_are_doormen(root):
    for path in modules(root):
        if path.name != "views.py" and "views" not in path.parent.name:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                assert lines <= VIEW_CEILING, f"{path}: {node.name} has {lines} lines"


def test_the_migrations_make_what_the_models_say(db):
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
