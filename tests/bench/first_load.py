"""(i) The first load of home and of the goals in Chromium, by Lighthouse, and what it weighs."""

import asyncio
import json
import os
import re
import subprocess
from typing import Any

from .company import PASSWORD
from .house import House
from .load import NODE, ROOT, TOOLS
from .table import Row, middle

PATHS = {"/": "home", "/goals": "goals"}
ROUNDS = 1


async def measure(house: House) -> list[Row]:
    async with house.api() as api:
        await api.sign_in(house.company.manager)
        rounds = [await _look(house, api.address) for _ in range(ROUNDS)]
    rows = []
    for n, one in enumerate(rounds[0]):
        performance = middle([some[n]["performance"] for some in rounds])
        accessibility = min(some[n]["accessibility"] for some in rounds)
        is_desktop = one["device"] == "desktop"
        name = f"first load of {PATHS[one['path']]}, {one['device']}: Lighthouse "
        bound = "≥ 90" if is_desktop else ""
        met = performance >= 90 if is_desktop else None
        rows.append(Row(name + "performance", f"{performance:.0f}", bound, met))
        rows.append(
            Row(name + "accessibility", f"{accessibility:.0f}", "100", accessibility == 100)
        )
    return [*rows, *_weights()]


def _chromium() -> str:
    return subprocess.check_output([ROOT / "tools" / "chromium"], text=True).strip()


async def _look(house: House, address: str) -> list[dict[str, Any]]:
    asked = {
        "address": address, "email": house.company.manager, "password": PASSWORD,
        "paths": list(PATHS),
        "chromium": await asyncio.to_thread(_chromium),
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        str(NODE), "lighthouse.mjs", cwd=TOOLS, env=os.environ,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, errors = await process.communicate(json.dumps(asked).encode())
    if process.returncode:
        raise RuntimeError(errors.decode()[-3000:])
    found: list[dict[str, Any]] = json.loads(out)
    (house.home / "lighthouse.json").write_bytes(out)
    if any(one["landed"] != one["path"] for one in found):
        raise RuntimeError(f"not signed in: {found}")
    return found


def _weights() -> list[Row]:
    """As the budget of the page weighs them, in kB of JavaScript and CSS, gzipped."""
    said = subprocess.run(
        [str(NODE), "scripts/sizes.mjs"],
        cwd=ROOT / "frontend", capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = re.findall(r"^( ok |OVER) +([\d.]+) +([\d.]+) kB +(\S+)", said.stdout, re.M)
    wanted = {"entry": "185 + 40 kB", "shell": "80 + 40 kB"}
    rows = [
        Row(f"weight of the {name}: JavaScript + CSS", f"{js} + {css} kB", wanted[name],
            verdict == " ok ")
        for verdict, js, css, name in lines if name in wanted
    ]  # fmt: skip
    over = sum(verdict == "OVER" for verdict, *_ in lines)
    return [*rows, Row("pages over their budget", str(over), "0", over == 0)]
