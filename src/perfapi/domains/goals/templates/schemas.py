from decimal import Decimal
from typing import Annotated

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Line, Output, Page, PageQuery, Prose, Query, Resource, Search
from perfapi.domains.goals.key_results.schemas import KeyResultTold
from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.models import KeyResultKind
from perfapi.domains.goals.quantities import Weight

from .models import GoalFunction

DueAfter = Annotated[int, Field(ge=0, le=3_650, description="Days after the goal starts.")]


class TemplateMilestone(Output):
    title: str
    weight: Decimal
    due_after_days: DueAfter | None


class TemplateKeyResult(Output):
    """A measure with figures to begin with: everybody puts their own in their place.

    What its kind is not told by is null."""

    title: str
    kind: KeyResultKind
    unit: str | None
    start: Decimal | None
    target: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    tolerance: Decimal | None
    weight: Decimal
    milestones: Annotated[
        list[TemplateMilestone], Field(description="In their order; other kinds have none.")
    ]


class LibraryTemplate(Output):
    """A goal of the library, in the language that was asked for."""

    key: Annotated[str, Field(description="Stays the same in every language.")]
    function: GoalFunction
    title: str
    description: str
    key_results: list[TemplateKeyResult]


class GoalTemplateLibrary(Output):
    items: Annotated[list[LibraryTemplate], Field(description="By function.")]


class GoalTemplate(Resource):
    """A goal that the organization keeps for others to begin with."""

    function: GoalFunction
    language: GoalLanguage
    title: str
    description: str
    key_results: list[TemplateKeyResult]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`, `remove`.")]


class GoalTemplatePage(Page[GoalTemplate]):
    pass


Words = Annotated[Search | None, Field(description="Some of the title.")]


class LibraryFilter(Query):
    language: GoalLanguage = GoalLanguage.ENGLISH
    function: GoalFunction | None = None
    q: Words = None


class GoalTemplateFilter(PageQuery):
    language: GoalLanguage | None = None
    function: GoalFunction | None = None
    q: Words = None


class TemplateMilestoneInput(Input):
    title: Line
    weight: Weight = Decimal(1)
    due_after_days: DueAfter | None = None


class TemplateKeyResultInput(KeyResultTold):
    """Told by kind as the key result of a goal; days count from the start of the goal."""

    milestones: Annotated[
        list[TemplateMilestoneInput] | None, Field(max_length=50, description="In their order.")
    ] = None


KeyResults = Annotated[list[TemplateKeyResultInput], Field(max_length=20)]


class GoalTemplateCreate(Input):
    function: GoalFunction
    language: GoalLanguage
    title: Line
    description: Prose = ""
    key_results: Annotated[KeyResults, Field(default_factory=list)]


class GoalTemplateUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    function: GoalFunction | MISSING = MISSING
    language: GoalLanguage | MISSING = MISSING
    title: Line | MISSING = MISSING
    description: Prose | MISSING = MISSING
    key_results: KeyResults | MISSING = MISSING
