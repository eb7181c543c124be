"""The tool itself: what it changes, and that what it explains is still there."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.mutants.__main__ import ROOT, explanations
from tests.mutants.likely import Killers, folders_of_operations
from tests.mutants.mutating import files, mutants_of
from tests.mutants.running import Bench
from tests.servers import Servers

RULES = """\
VISIBLE = Rules("goals", Goal, you_own_it=Goal.owner_id == YOU, it_is_public=is_public())
MAY_EDIT = (YOURS, NOT_ENDED)
YOURS = Act(NotYours, and_(Goal.organization_id == ORGANIZATION, or_(you_manage(it), ~gone)))
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    (tmp_path / "policy.py").write_text(RULES)
    return tmp_path


def test_each_changes_one_thing_and_can_be_read(policy: Path) -> None:
    mutants = mutants_of(policy, "policy.py")

    written = {mutant.of(RULES) for mutant in mutants}
    assert len(written) == len(mutants)
    for text in written:
        compile(text, "policy.py", "exec")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("is_public()", "false()"),
        ("is_public()", "true()"),
        ("Goal.owner_id == YOU", "Goal.owner_id != YOU"),
        ("Goal.owner_id", "Goal.created_by_id"),
        ("(YOURS, NOT_ENDED)", "(NOT_ENDED,)"),
        ("or_", "and_"),
        ("you_manage(it),", ""),
        ("you_manage(it)", "true()"),
        ("~gone", "gone"),
    ],
)
def test_rules_are_left_out_turned_and_swapped(policy: Path, old: str, new: str) -> None:
    told = {str(mutant).partition(": ")[2] for mutant in mutants_of(policy, "policy.py")}
    assert f"{old} -> {new}" in told


def test_nothing_is_made_of_what_is_said_three_times(policy: Path) -> None:
    mutants = mutants_of(policy, "policy.py")
    assert not [one for one in mutants if one.old == "Goal.organization_id == ORGANIZATION"]


def test_what_is_explained_is_still_made() -> None:
    made = {str(mutant) for file in files(ROOT) for mutant in mutants_of(ROOT, file)}
    assert len(made) > 500
    assert explanations() - made == set()


@pytest.mark.whole
def test_a_mutant_is_found_both_ways_and_the_tree_left_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, test_servers: Servers
) -> None:
    file = "src/perfapi/domains/organizations/policy.py"
    mutants = [one for one in mutants_of(ROOT, file) if "== YOU" in one.old]
    before = (ROOT / file).read_text()
    folder = tmp_path_factory.mktemp("mutants")
    tests = ["tests/domains/organizations/test_router.py"]

    with closing(Bench(ROOT, folder, test_servers, mutants, tests=tests, lanes=1)) as bench:
        told = list(bench.told(twice=True))
        assert bench.red_without() == set()

    assert {one.number for one in told} == bench.mutants.keys()
    for one in told:
        assert one.killer.startswith("tests/"), one
        assert one.alone is not None
        assert one.alone.startswith("tests/"), one
    assert (ROOT / file).read_text() == before


def test_likely_killers_come_first() -> None:
    quick, slow = "tests/a.py::test_it", "tests/a.py::test_reads"
    speaking = "tests/a.py::test_what_is_visible"
    calling = "tests/a.py::test_answers[get_view view:own]"
    tests = {slow: 2.0, calling: 3.0, speaking: 3.5, quick: 0.5}
    killers = Killers({"get_view": "src/views"})

    assert killers.sort(tests, "src/views/policy.py", "RULE", tests) == [
        *(calling, quick, slow, speaking)
    ]
    assert killers.sort(tests, "src/policy.py", "VISIBLE", tests)[0] == speaking
    killers.remember(slow, "src/views/policy.py", "RULE")
    assert killers.sort(tests, "src/views/policy.py", "RULE", tests)[0] == slow


def test_operations_are_found_in_their_folders() -> None:
    assert folders_of_operations(ROOT)["carry_goal_over"].startswith("src/perfapi/domains/goals")
