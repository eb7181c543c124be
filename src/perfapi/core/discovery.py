"""A domain is a folder: its routers, models, jobs and demo data are found, never listed."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules, walk_packages
from types import ModuleType

DOMAINS = "perfapi.domains"


def modules(kind: str, package: str = DOMAINS) -> Iterator[ModuleType]:
    """Every module named `kind` below a domain, sub-packages included, in alphabetical order."""
    for domain in iter_modules(import_module(package).__path__, f"{package}."):
        if not domain.ispkg:
            continue
        folder = import_module(domain.name)
        for found in walk_packages(folder.__path__, f"{domain.name}."):
            if found.name.rpartition(".")[2] == kind:
                yield import_module(found.name)
