"""Mutants of the rules: one change each, found in the syntax tree and made in the text."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

Span = tuple[int, int]

TRUE, FALSE = '__import__("sqlalchemy").true()', '__import__("sqlalchemy").false()'

# Words that are taken for one another by mistake.
_SWAPS: dict[str, str] = {
    "Role.ADMIN": "Role.HR",
    "Role.HR": "Role.ADMIN",
    "MemberRole.OWNER": "MemberRole.CONTRIBUTOR",
    "MemberRole.CONTRIBUTOR": "MemberRole.OWNER",
    "Visibility.PUBLIC": "Visibility.PRIVATE",
    "Visibility.PRIVATE": "Visibility.MANAGER_CHAIN",
    "Visibility.DEPARTMENT": "Visibility.TEAM",
    "Visibility.TEAM": "Visibility.DEPARTMENT",
    "Level.DEPARTMENT": "Level.TEAM",
    "Level.TEAM": "Level.DEPARTMENT",
    "Level.PERSON": "Level.COMPANY",
    "Level.COMPANY": "Level.PERSON",
    "GoalState.DRAFT": "GoalState.ACTIVE",
    "GoalState.ACTIVE": "GoalState.CLOSED",
    "GoalState.CLOSED": "GoalState.CANCELLED",
    "GoalState.CANCELLED": "GoalState.ARCHIVED",
    "GoalState.ARCHIVED": "GoalState.CLOSED",
    "Agreement.NONE": "Agreement.AGREED",
    "Agreement.PROPOSED": "Agreement.AGREED",
    "Side.OWNER": "Side.MANAGER",
    "Side.MANAGER": "Side.OWNER",
    "Status.LEFT": "Status.ACTIVE",
    "LineKind.PRIMARY": "LineKind.DOTTED",
    "ImportStatus.PLANNED": "ImportStatus.APPLIED",
    "ImportStatus.APPLIED": "ImportStatus.PLANNED",
}
_COLUMNS: dict[str, str] = {
    "manager_id": "report_id",
    "report_id": "manager_id",
    "ancestor_id": "descendant_id",
    "descendant_id": "ancestor_id",
    "owner_id": "created_by_id",
    "created_by_id": "owner_id",
    "valid_from": "valid_to",
}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.LtE: ">",
    ast.Lt: ">=",
    ast.Gt: "<=",
    ast.GtE: "<",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_METHODS = {"is_": "is_not", "is_not": "is_", "in_": "not_in", "any_": "all_"}
_NEGATED = {"is_", "is_not", "in_"}
"""Those whose other is the negation."""
_TAKING_CONDITIONS = {"Act", "Rules", "everywhere", "permissions"}
"""What names what it is given: made twice, it would be two things."""


class How(Enum):
    """How a mutant can stand beside the rule, and be chosen while both run (`choosing.py`)."""

    NEGATED = auto()
    OTHER = auto()
    """Another expression in its place."""
    JUNCTION = auto()
    WAIVED = auto()
    UNLESS = auto()
    SKIPPED = auto()


@dataclass(frozen=True)
class Place:
    """The expression that is chosen instead of another."""

    how: How
    start: int
    end: int
    other: str = ""


@dataclass(frozen=True)
class Mutant:
    file: str
    where: str
    """The function or constant that it is in."""
    line: int
    start: int
    end: int
    old: str
    new: str
    place: Place | None = None
    """Nothing if it cannot be chosen while the rule runs."""
    nth: int = 1
    """Of those that are told alike."""

    def __str__(self) -> str:
        told = f"{self.file}:{self.where}: {_short(self.old)} -> {_short(self.new)}"
        return told if self.nth == 1 else f"{told} ({self.nth})"

    def of(self, text: str) -> str:
        raw = text.encode()
        return (raw[: self.start] + self.new.encode() + raw[self.end :]).decode()


def _short(text: str) -> str:
    plain = text.replace('__import__("sqlalchemy").', "")
    return " ".join(plain.split())


def mutants_of(root: Path, file: str) -> list[Mutant]:
    text = (root / file).read_text()
    tree = ast.parse(text)
    maker = _Maker(file, text)
    for statement in tree.body:
        maker.enter(_name_of(statement), statement)
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            maker.look_into(statement)
    return _told_apart({(one.start, one.end, one.new): one for one in maker.found}.values())


def _told_apart(mutants: Iterable[Mutant]) -> list[Mutant]:
    times: Counter[str] = Counter()
    apart = []
    for one in mutants:
        times[str(one)] += 1
        apart.append(replace(one, nth=times[str(one)]))
    return apart


def _name_of(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return statement.name
        case ast.Assign():
            return ast.unparse(statement.targets[0])
        case ast.AnnAssign():
            return ast.unparse(statement.target)
        case _:
            return "module"


class _Maker:
    def __init__(self, file: str, text: str) -> None:
        self.file, self.text, self.where = file, text, ""
        self.found: list[Mutant] = []
        self.above: dict[ast.AST, ast.AST] = {}
        self.lines = [0]
        for line in text.encode().splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def enter(self, where: str, statement: ast.stmt) -> None:
        self.where = where
        for node in ast.walk(statement):
            self.above |= dict.fromkeys(ast.iter_child_nodes(node), node)

    def look_into(self, node: ast.AST) -> None:
        for child in ast.walk(node):
            match child:
                case ast.Call():
                    self._call(child)
                case ast.Dict():
                    self._rules_in(child)
                case ast.Compare(ops=[operator]) if type(operator) in _COMPARISONS:
                    self._compare(child)
                case ast.UnaryOp(op=ast.Invert() | ast.Not()):
                    self._replace(child, ast.unparse(child.operand), How.NEGATED)
                case ast.Attribute():
                    self._attribute(child)
                case ast.Assign(value=ast.Tuple() as acts) if not _unpacks(child):
                    self._fewer_acts(acts)
                case ast.If(body=[ast.Raise()], orelse=[]):
                    self._leave_out(child, How.UNLESS, child.test)
                case ast.Expr(value=ast.Call(func=ast.Name(id="refuse"))):
                    self._leave_out(child, How.SKIPPED, child.value)

    def _call(self, call: ast.Call) -> None:
        match ast.unparse(call.func).rpartition(".")[2]:
            case "and_" | "or_" as name:
                self._junction(call, name)
            case "where":
                self._without_each(call, call.args, TRUE)
            case "there_is":
                self._without_each(call, call.args[1:], TRUE)
            case "Act":
                self._always_and_never(call.args[1])
            case "Rules":
                for rule in call.keywords:
                    if rule.arg:
                        self._always_and_never(rule.value)
            case "not_":
                self._replace(call, ast.unparse(call.args[0]), How.NEGATED)
            case method if method in _METHODS and isinstance(call.func, ast.Attribute):
                self._method(call, ast.unparse(call.func.value), method)

    def _junction(self, call: ast.Call, name: str) -> None:
        """To leave a part out is what it is to replace it by the other constant."""
        other, absorbing, neutral = {
            "and_": ("or_", FALSE, TRUE),
            "or_": ("and_", TRUE, FALSE),
        }[name]
        if len(call.args) > 1 and not _is_about_organization(call.args[0]):
            self._replace(call.func, other, How.JUNCTION)
            self._without_each(call, call.args, neutral)
        for part in call.args:
            if not isinstance(part, ast.Starred) and not _is_about_organization(part):
                self._replace(part, absorbing)

    def _always_and_never(self, condition: ast.expr) -> None:
        self._replace(condition, TRUE)
        self._replace(condition, FALSE)

    def _method(self, call: ast.Call, of: str, method: str) -> None:
        given = ", ".join(map(ast.unparse, call.args))
        how = How.NEGATED if method in _NEGATED else How.OTHER
        self._replace(call, f"{of}.{_METHODS[method]}({given})", how)
        if call.args and isinstance(call.args[0], ast.List):
            self._without_each(call.args[0], call.args[0].elts)

    def _rules_in(self, node: ast.Dict) -> None:
        """Of `rules_of`: the rule as if it never held, or always."""
        if self.where != "rules_of":
            return
        for value in node.values:
            self._always_and_never(value)

    def _compare(self, node: ast.Compare) -> None:
        if _is_about_organization(node):
            return
        operator = _COMPARISONS[type(node.ops[0])]
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        self._replace(node, f"{left} {operator} {right}", How.NEGATED)

    def _attribute(self, node: ast.Attribute) -> None:
        written = ast.unparse(node)
        new = _SWAPS.get(written)
        if new is None and (column := _COLUMNS.get(node.attr)) and self._has(written, column):
            new = f"{ast.unparse(node.value)}.{column}"
        if new is not None:
            span = self._span(node)
            self._add(node.lineno, span, new, self._around(node, span, new))

    def _has(self, written: str, column: str) -> bool:
        """Whether what it is read of has the other column, as far as its name tells."""
        of = written.rpartition(".")[0].strip("_").lower()
        kinds = {
            "report_id": {"chain", "below"},
            "manager_id": {"chain", "below"},
            "ancestor_id": {"line"},
            "descendant_id": {"line"},
            "created_by_id": {"goal"},
            "owner_id": {"goal"},
            "valid_to": {"reportingline", "reporting_line"},
        }
        return of in kinds[column]

    def _fewer_acts(self, acts: ast.Tuple) -> None:
        for act in acts.elts:
            if len(acts.elts) > 1 and not isinstance(act, ast.Starred):
                kept = [one for one in acts.elts if one is not act]
                new = ast.unparse(ast.Tuple(kept, ast.Load()))
                place = Place(How.WAIVED, *self._span(act))
                self._add(acts.lineno, self._span(acts), new, place)

    def _leave_out(self, statement: ast.stmt, how: How, chosen: ast.expr) -> None:
        span = self._span(statement)
        self._add(statement.lineno, span, "pass", Place(how, *self._span(chosen)))

    def _without_each(self, node: ast.AST, parts: list[ast.expr], neutral: str = "") -> None:
        """`neutral` is what makes no difference among them."""
        if len(parts) < 2:
            return
        for part in parts:
            if not _is_about_organization(part) and not isinstance(part, ast.Starred):
                self._remove(node, part, neutral)

    def _remove(self, node: ast.AST, part: ast.expr, neutral: str) -> None:
        text = self.text.encode()
        start, end = self._span(part)
        after = end
        while text[after : after + 1].isspace():
            after += 1
        if text[after : after + 1] == b",":
            end = after + 1
        else:
            before = start
            while text[before - 1 : before].isspace():
                before -= 1
            if text[before - 1 : before] == b",":
                start = before - 1
        if neutral:
            place: Place | None = Place(How.OTHER, *self._span(part), neutral)
        else:
            place = self._around(node, (start, end), "")
        self._add(part.lineno, (start, end), "", place)

    def _replace(self, node: ast.expr, new: str, how: How = How.OTHER) -> None:
        span = self._span(node)
        self._add(node.lineno, span, new, Place(how, *span, new if how is How.OTHER else ""))

    def _around(self, node: ast.AST, changed: Span, new: str) -> Place | None:
        """The smallest expression around a change that is a condition or a value in SQL."""
        within: ast.AST = node
        while not isinstance(within, ast.Compare):
            below, within = within, self.above[within]
            match within:
                case ast.Call() if ast.unparse(within.func) in _TAKING_CONDITIONS:
                    return None
                case ast.Call() if below is not within.func:
                    break
                case ast.expr() | ast.keyword():
                    if isinstance(within, ast.Dict):
                        return None
                case _:
                    return None
        start, end = self._span(within)
        text = self.text.encode()
        other = text[start : changed[0]] + new.encode() + text[changed[1] : end]
        return Place(How.OTHER, start, end, other.decode())

    def _add(self, line: int, span: Span, new: str, place: Place | None) -> None:
        old = self.text.encode()[slice(*span)].decode()
        if _short(old) != _short(new):
            self.found.append(Mutant(self.file, self.where, line, *span, old, new, place))

    def _span(self, node: ast.AST) -> Span:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.lines[node.lineno - 1] + node.col_offset
        return start, self.lines[node.end_lineno - 1] + node.end_col_offset


def _unpacks(assignment: ast.Assign) -> bool:
    return isinstance(assignment.targets[0], ast.Tuple)


def _is_about_organization(node: ast.AST) -> bool:
    """The session and row-level security say it again: without it nothing changes."""
    return "organization_id ==" in ast.unparse(node).partition("\n")[0][:80] and isinstance(
        node, ast.Compare
    )


def files(root: Path) -> Iterator[str]:
    """Where it is decided who may see and do what."""
    domains = root / "src" / "perfapi" / "domains"
    for path in (*sorted(domains.rglob("policy.py")), domains / "people" / "relations.py"):
        yield str(path.relative_to(root))
    yield "src/perfapi/core/access.py"
