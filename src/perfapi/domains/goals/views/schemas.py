from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, AfterValidator, Field
from pydantic_core import PydanticCustomError

from perfapi.core.schema import Input, Line, Output, Page, PageQuery, Resource, Search
from perfapi.domains.goals.models import GoalState, GoalStatus, Level
from perfapi.domains.people.schemas import PersonRef

from .models import GoalColumn, Layout

# fmt: off
ViewSort = Literal[
    "goal", "-goal", "owner", "-owner", "due", "-due",
    "progress", "-progress", "expected", "-expected",
]
# fmt: on

CYCLE = "Null: the running one, whichever that is when the view is opened."
IS_MINE = "Goals of whoever opens it, whatever `owner_id` says."
COLUMNS = "Of the table, beside the goal itself; null: all."
IDS = "What has vanished, or what the reader cannot see, finds nothing."


def _each_once(columns: list[GoalColumn]) -> list[GoalColumn]:
    if len(set(columns)) < len(columns):
        raise PydanticCustomError("column_repeated", "Name each column once.")
    return columns


class GoalViewQuery(Output):
    """What is asked for, as it stands in the address of the page."""

    cycle_id: Annotated[UUID | None, Field(description=CYCLE)]
    q: str | None
    level: Level | None
    status: GoalStatus | None
    state: GoalState | None
    owner_id: Annotated[UUID | None, Field(description=IDS)]
    is_mine: Annotated[bool, Field(description=IS_MINE)]
    layout: Layout
    sort: Annotated[ViewSort | None, Field(description="Of the table.")]
    columns: Annotated[list[GoalColumn] | None, Field(description=COLUMNS)]


class GoalViewQueryInput(Input):
    cycle_id: Annotated[UUID | None, Field(description=CYCLE)] = None
    q: Search | None = None
    level: Level | None = None
    status: GoalStatus | None = None
    state: GoalState | None = None
    owner_id: Annotated[UUID | None, Field(description=IDS)] = None
    is_mine: Annotated[bool, Field(description=IS_MINE)] = False
    layout: Layout = Layout.TREE
    sort: ViewSort | None = None
    columns: Annotated[
        Annotated[list[GoalColumn], Field(max_length=10), AfterValidator(_each_once)] | None,
        Field(description=COLUMNS),
    ] = None


class GoalView(Resource):
    """A view of the goals that somebody keeps for themself or shares with everybody."""

    name: str
    owner: PersonRef
    is_shared: Annotated[bool, Field(description="With everybody.")]
    is_default: Annotated[bool, Field(description="You begin with it.")]
    query: GoalViewQuery
    permissions: Annotated[
        list[str], Field(description="What you may do: `edit`, `share`, `delete`.")
    ]


class GoalViewPage(Page[GoalView]):
    pass


class GoalViewFilter(PageQuery):
    is_shared: bool | None = None


class GoalViewCreate(Input):
    name: Annotated[Line, Field(max_length=80, examples=["My team, at risk"])]
    query: GoalViewQueryInput
    is_shared: Annotated[bool, Field(description="Only HR and administrators may.")] = False


class GoalViewUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch); the query is replaced as a whole."""

    name: Annotated[Line, Field(max_length=80)] | MISSING = MISSING
    query: GoalViewQueryInput | MISSING = MISSING
    is_shared: bool | MISSING = MISSING
