from pydantic_core import to_json
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.answers import Json
from perfapi.core.db import facts

from .languages import LANGUAGES
from .rules import CRITERION, findings
from .schemas import Criterion, GoalDraft, SmartHints


def smart_hints(session: AsyncSession, draft: GoalDraft) -> Json[SmartHints]:
    """Of the draft alone, by the organization's calendar: nothing is looked up or kept."""
    texts = LANGUAGES[draft.language].texts
    found = findings(draft, facts(session)["today"])
    hints = [
        {
            "rule": finding.rule,
            "criterion": CRITERION[finding.rule],
            "pointer": finding.pointer,
            "advice": texts[finding.rule].advice.replace("{word}", finding.word),
            "why": texts[finding.rule].why,
            "example": texts[finding.rule].example,
        }
        for finding in found
    ]
    missing = {CRITERION[finding.rule] for finding in found}
    met = [criterion for criterion in Criterion if criterion not in missing]
    return Json(to_json({"hints": hints, "met": met}))
