"""What the demo company wants to reach: goals with a story, from the company down to persons.

`pace` is how fast a goal goes compared with its time: 1 is just in time. `silent` goals have had
no check-in for weeks; somebody should ask.
"""

from typing import NamedTuple

from .models import Driver, KeyResultKind, Level


class Measure(NamedTuple):
    title: str
    start: str = "0"
    target: str = "1"
    """Of a band: from where to where it may be, none for a side that it does not have."""
    unit: str | None = None
    kind: KeyResultKind = KeyResultKind.NUMBER
    tolerance: str | None = None
    milestones: tuple[tuple[str, str], ...] = ()
    """Titles and weights, in the order in which they are reached."""


class Story(NamedTuple):
    key: str
    title: str
    level: Level
    owner: str
    """The name of the person."""
    above: str | None
    measures: tuple[Measure, ...]
    pace: float = 1.0
    driver: Driver = Driver.KEY_RESULTS
    silent: bool = False
    weight: str = "1"
    unit: str | None = None
    """Of a goal of a department or team: its name."""


def percent(title: str, start: str, target: str) -> Measure:
    return Measure(title, start, target, None, KeyResultKind.PERCENT)


def money(title: str, start: str, target: str, currency: str = "EUR") -> Measure:
    return Measure(title, start, target, currency, KeyResultKind.CURRENCY)


def steps(title: str, *milestones: tuple[str, str]) -> Measure:
    return Measure(title, kind=KeyResultKind.MILESTONES, milestones=milestones)


def yes_or_no(title: str) -> Measure:
    return Measure(title, kind=KeyResultKind.BINARY)


def judged(title: str) -> Measure:
    return Measure(title, "0", "100", kind=KeyResultKind.MANUAL)


def kept(title: str, lower: str, upper: str, unit: str, tolerance: str) -> Measure:
    return Measure(title, lower, upper, unit, KeyResultKind.MAINTAIN, tolerance)


COMPANY = (
    Story(
        "aurora", "Bring Aurora to the market", Level.COMPANY, "Ingrid Halvorsen", None,
        (
            Measure("Signed orders for Aurora", "0", "40", "orders"),
            money("Value of these orders", "0", "3200000"),
        ),
        1.1, driver=Driver.BOTH, weight="2",
    ),
    Story(
        "easy", "Be the easiest instrument maker to work with", Level.COMPANY,
        "Ingrid Halvorsen", None,
        (Measure("Customers who would recommend us (NPS)", "41", "55", "points"),),
        1.08, driver=Driver.BOTH,
    ),
    Story(
        "lean", "Grow without waste", Level.COMPANY, "Ingrid Halvorsen", None,
        (percent("Scrap rate in production", "4.8", "3"),),
        1.08, driver=Driver.BOTH,
    ),
)  # fmt: skip

DEPARTMENTS = (
    Story(
        "ready", "Aurora passes every acceptance test", Level.DEPARTMENT, "Tobias Brandt", "aurora",
        (
            percent("Acceptance tests passed", "35", "100"),
            Measure("Critical defects that are open", "24", "0", "defects"),
        ),
        1.08, Driver.BOTH, unit="Product & Engineering",
    ),
    Story(
        "win", "Win the first forty customers", Level.DEPARTMENT, "Camille Laurent", "aurora",
        (
            Measure("Demonstrations at customers", "10", "120", "demos"),
            Measure("Qualified offers", "0", "80", "offers"),
        ),
        0.95, Driver.BOTH, unit="Sales & Service",
    ),
    Story(
        "build", "Build an Aurora in four hours", Level.DEPARTMENT, "Oskar Lindholm", "aurora",
        (
            Measure("Time to assemble one", "9.5", "4", "hours"),
            steps(
                "The new line is ready",
                ("Plan agreed with the safety officer", "1"),
                ("Benches and tools ordered", "1"),
                ("First bench in use", "2"),
                ("Everybody trained", "2"),
                ("Old line taken down", "1"),
            ),
        ),
        0.74, Driver.BOTH, unit="Production",
    ),
    Story(
        "first-call", "Solve it at the first call", Level.DEPARTMENT, "Hannah Vogel", "easy",
        (
            percent("Requests solved at the first call", "58", "75"),
            Measure("Time until a first answer", "30", "12", "hours"),
        ),
        1.08, Driver.BOTH, unit="Service",
    ),
    Story(
        "talk", "Everyone talks with their manager every two weeks", Level.DEPARTMENT,
        "Priya Raman", "easy",
        (
            percent("One-to-ones that took place", "52", "85"),
            judged("Managers feel at ease with it"),
        ),
        1.06, unit="People",
    ),
    Story(
        "returns", "Halve what comes back", Level.DEPARTMENT, "Amira Haddad", "lean",
        (
            Measure("Returns per thousand instruments", "18", "9", "returns"),
            percent("First-pass yield", "91", "97"),
        ),
        0.55, unit="Quality",
    ),
    Story(
        "close", "Close the month in five days", Level.DEPARTMENT, "Jonas Weber", "lean",
        (
            Measure("Days until the books are closed", "9", "5", "days"),
            yes_or_no("The auditors accept the new closing"),
        ),
        1.1, unit="Finance",
    ),
    Story(
        "stock", "Parts when they are needed, not before", Level.DEPARTMENT, "Davide Conti", "lean",
        (
            percent("Orders delivered complete", "82", "95"),
            Measure("Days of stock", "64", "45", "days"),
            kept("Service level of our suppliers", "95", "99", "%", "4"),
        ),
        1.02, unit="Supply Chain",
    ),
)  # fmt: skip

TEAMS = (
    Story(
        "cloud", "Every Aurora talks to the cloud", Level.TEAM, "Lena Fischer", "ready",
        (
            Measure("Instruments connected in the field test", "0", "500", "devices"),
            Measure("Slowest answers (95th percentile)", "900", "250", "ms"),
            steps(
                "Ready for customers",
                ("Threat model reviewed", "1"),
                ("Keys in the hardware module", "2"),
                ("Field test with three customers", "3"),
                ("Hand-over to service", "1"),
            ),
        ),
        1.1, Driver.BOTH, unit="Platform",
    ),
    Story(
        "updates", "Updates that nobody fears", Level.TEAM, "Lukas Gruber", "ready",
        (Measure("Failed updates per thousand", "14", "2", "updates"),),
        0.88, Driver.BOTH, unit="Firmware",
    ),
    Story(
        "calibrate", "Calibrate in half the time", Level.TEAM, "Chiara Moretti", "ready",
        (Measure("Time for one calibration", "50", "25", "minutes"),),
        0.5, Driver.BOTH, unit="Optics Lab",
    ),
    Story(
        "learn", "Learn from ten customers a month", Level.TEAM, "Marijke Visser", "ready",
        (Measure("Customer interviews", "0", "30", "interviews"),),
        1.15, Driver.BOTH, unit="Design Studio",
    ),
    Story(
        "no-rework", "One build, no rework", Level.TEAM, "Oskar Lindholm", "build",
        (percent("Instruments that need rework", "12", "4"),),
        0.8, unit="Assembly",
    ),
    Story(
        "north", "Aurora in the north", Level.TEAM, "Felix Hartmann", "win",
        (Measure("Signed orders", "0", "24", "orders"),),
        1.0, Driver.BOTH, unit="Sales North",
    ),
    Story(
        "south", "Aurora in the south", Level.TEAM, "Sofia Romano", "win",
        (Measure("Signed orders", "0", "16", "orders"),),
        0.7, Driver.BOTH, unit="Sales South", silent=True,
    ),
    Story(
        "same-day", "An answer on the same day", Level.TEAM, "Hannah Vogel", "first-call",
        (percent("Requests answered on the day they arrive", "62", "90"),),
        1.05, Driver.BOTH, unit="Customer Care",
    ),
)  # fmt: skip


class Task(NamedTuple):
    """A goal that several people of a unit have, each their own."""

    unit: str
    above: str
    title: str
    measure: Measure


TASKS = (
    Task("platform", "cloud", "No reading gets lost on its way",
         Measure("Readings lost per million", "120", "5", "readings")),
    Task("platform", "cloud", "A status page that customers trust",
         percent("Services with a health check", "20", "100")),
    Task("platform", "cloud", "Halve the time from idea to production",
         Measure("Lead time", "14", "7", "days")),
    Task("firmware", "updates", "Roll back by itself when an update fails",
         percent("Devices that can roll back", "10", "90")),
    Task("firmware", "updates", "Test on real hardware every night",
         Measure("Boards in the nightly test", "2", "12", "boards")),
    Task("optics", "calibrate", "A reference that stays true for a year",
         kept("Drift of the reference", "-0.2", "0.2", "nm", "0.5")),
    Task("optics", "calibrate", "Calibrate without a second pair of hands",
         percent("Steps that are automated", "15", "70")),
    Task("design", "learn", "Visit customers where they work",
         Measure("Visits on site", "0", "9", "visits")),
    Task("north", "north", "Open doors in Scandinavia",
         Measure("First meetings", "0", "18", "meetings")),
    Task("north", "north", "Offers within two days",
         percent("Offers within two days", "40", "90")),
    Task("care", "same-day", "Answers that can be found without calling",
         Measure("Articles in the help centre", "35", "80", "articles")),
    Task("care", "same-day", "Train three colleagues on Aurora",
         steps("From the material to the third colleague",
               ("Material is written", "2"), ("First colleague is trained", "1"),
               ("Second colleague is trained", "1"), ("Third colleague is trained", "1"))),
)  # fmt: skip

GOOD_NEWS = (
    "Ahead of the plan; the new routine pays off.",
    "Good week. The last change made the difference.",
    "On course. Nothing stands in the way right now.",
    "Two weeks of steady progress, and the team is proud of it.",
)
MIXED_NEWS = (
    "Slower than hoped: we waited for parts. They arrived on Friday.",
    "Some progress, but the hardest part is still ahead.",
    "We lost a few days to an urgent request. Catching up next week.",
    "Fine so far; I would like to talk about priorities.",
)
BAD_NEWS = (
    "We are stuck on the same problem as last time. I need help with it.",
    "Not where we wanted to be. I suggest that we look at the scope together.",
    "Two people were ill, and it shows.",
)
CLOSING_NOTES = (
    "We reached most of it. What helped: small steps, and looking at the numbers every week.",
    "Reached. Next time we say earlier what we will not do.",
    "Not everything, but the part that mattered most to customers.",
)
