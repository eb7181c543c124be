"""The page has words for everything that the log tells of and for every rule, and for no others."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import perfapi
from perfapi.core import discovery, operations  # noqa: F401 -- its rules
from perfapi.core.access import RESOURCES
from perfapi.core.events import Event

LOCALES = Path(__file__).parents[3] / "frontend/src/i18n/locales"


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _topics() -> set[str]:
    for module in walk_packages(perfapi.__path__, "perfapi."):
        if module.name.endswith(".events") or module.name.startswith("perfapi.core."):
            import_module(module.name)
    ours = (one for one in _below(Event) if one.__module__.startswith("perfapi."))
    return {one.__dict__["topic"] for one in ours if "topic" in one.__dict__}


def test_every_topic_has_words() -> None:
    words = json.loads((LOCALES / "en.json").read_text())["eventLog"]["topics"]
    worded = {f"{domain}.{fact}" for domain, facts in words.items() for fact in facts}

    assert _topics() - worded == set(), "say what happened: eventLog.topics of every language"
    assert worded - _topics() == set(), "nothing is called so"


def test_every_rule_has_words() -> None:
    """To whom it opens something, and about somebody else."""
    access = json.loads((LOCALES / "en.json").read_text())["access"]
    list(discovery.modules("policy"))
    named = {name for rules in RESOURCES.values() for name in rules.rules}

    assert named != set()
    for whose in ("yours", "theirs"):
        assert access[whose].keys() == named, f"say it: access.{whose} of every language"
