"""The running quarter: orders, an answer at the first call, and the goal that went on twice."""

from perfapi.domains.goals.models import Ambition, Driver, Level

from .words import Story, judged, kept, money, number, percent, steps, yes_or_no

GOALS = (
    Story(
        "aurora", "Bring Aurora to the market", Level.COMPANY, "Ingrid Halvorsen", None,
        (
            number("Signed orders for Aurora", "0", "40", "orders"),
            money("Value of these orders", "0", "3200000"),
        ),
        (0, 0.18, 0.37, 0.56, 0.74, 0.9, 1.08),
        (
            "{} orders, most of them from people who touched it at the fair.",
            "{} orders. Two ask whether it speaks Japanese.",
            "Orders come faster than we build. A good problem, and a problem.",
        ),
        weight="2", driver=Driver.BOTH, ambition=Ambition.ASPIRATIONAL,
        description="A hundred were for those who trusted us. Now we find out whether "
        "strangers buy it.",
    ),
    Story(
        "easy", "Be the easiest instrument maker to work with", Level.COMPANY,
        "Ingrid Halvorsen", None,
        (number("Customers who would recommend us (NPS)", "41", "55", "points"),),
        (0, 0.22, 0.35, 0.58, 0.72, 0.9, 1.05),
        (
            "{}. What they praise is the desk, not the instrument.",
            "{}. “Somebody answers” is now the most frequent sentence.",
        ),
        driver=Driver.BOTH,
    ),
    Story(
        "lean", "Grow without waste", Level.COMPANY, "Saskia de Boer", None,
        (percent("Scrap rate in production", "4.8", "3"),),
        (0, 0.2, 0.36, 0.5, 0.7, 0.85, 1.02),
        (
            "{} %. The red boxes are nearly empty at the old line.",
            "{} %. The new benches bring some of it back.",
        ),
        driver=Driver.BOTH,
    ),
    Story(
        "ready", "Aurora passes every acceptance test", Level.DEPARTMENT, "Tobias Brandt", "aurora",
        (
            percent("Acceptance tests passed", "35", "100"),
            number("Critical defects that are open", "24", "0", "defects"),
        ),
        (0, 0.2, 0.36, 0.55, 0.73, 0.9, 1.05),
        (
            "Half of the tests were written for the prototype. We rewrote those first.",
            "{} % pass. The oldest critical defect is three weeks old.",
            "A customer wrote a test of his own. We passed it.",
        ),
        None, "Product & Engineering", Driver.BOTH,
    ),
    Story(
        "win", "Win the first forty customers", Level.DEPARTMENT, "Camille Laurent", "aurora",
        (
            number("Demonstrations at customers", "10", "120", "demos"),
            number("Qualified offers", "0", "80", "offers"),
        ),
        (0, 0.14, 0.3, 0.44, 0.6, 0.78, 0.95),
        (
            "Demonstrations take half a day. We need a shorter one.",
            "The short demonstration fits into an hour, and people ask better questions.",
        ),
        None, "Sales & Service", Driver.BOTH,
    ),
    Story(
        "build", "Build an Aurora in four hours", Level.DEPARTMENT, "Oskar Lindholm", "aurora",
        (
            number("Time to assemble one", "9.5", "4", "hours", (0, 0.06, 0.18, 0.32, 0.45, 0.7)),
            steps(
                "The new line is ready",
                ("First bench in use", "2"),
                ("Everybody trained", "2"),
                ("Old line taken down", "1"),
                course=(0, 0.3, 0.41, 0.5, 0.6, 0.8),
            ),
        ),
        (0, 0.06, 0.18, 0.3, 0.42, 0.75),
        (
            "The first bench stands. Everybody wanted to tighten the first screw.",
            "The second bench came with the wrong feet. Two weeks, they say.",
            "{} hours. Slower than I promised, and faster than ever before.",
        ),
        None, "Production", Driver.BOTH, goes_on="build",
    ),
    Story(
        "first-call", "Solve it at the first call", Level.DEPARTMENT, "Hannah Vogel", "easy",
        (
            percent("Requests solved at the first call", "58", "75"),
            number("Time until a first answer", "30", "12", "hours"),
        ),
        (0, 0.2, 0.38, 0.55, 0.75, 0.92, 1.05),
        (
            "Platform on Wednesdays, Firmware on Fridays: software questions stay in the room.",
            "{} %. Who calls twice now mostly does so to say thank you.",
        ),
        None, "Service", Driver.BOTH,
    ),
    Story(
        "talk", "Everyone talks with their manager every two weeks", Level.DEPARTMENT,
        "Priya Raman", "easy",
        (
            percent("One-to-ones that took place", "52", "85"),
            judged("Managers feel at ease with it"),
        ),
        (0, 0.2, 0.35, 0.55, 0.74, 0.9, 1),
        (
            "Eleven teams have a fixed day. The others have a fixed excuse.",
            "{} %. Two managers asked for help with difficult talks.",
        ),
        None, "People",
    ),
    Story(
        "portal", "The portal is there when customers need it", Level.DEPARTMENT, "Jan Kowalski",
        "easy",
        (
            kept("Availability of the portal", "99.5", None, "%", "1",
                 ("99.9", "99.8", "99.9", "99.9", "99.9", "99.9", "99.9", "99.9", "99.9")),
        ),
        (0, 1),
        (
            "Telephones have a line of their own since Monday.",
            "Quiet. Olivier uses the time to write down what only Katrin knows.",
        ),
        None, "IT", goes_on="portal",
    ),
    Story(
        "returns", "Halve what comes back", Level.DEPARTMENT, "Amira Haddad", "lean",
        (
            number("Returns per thousand instruments", "18", "9", "returns"),
            percent("First-pass yield", "91", "97"),
        ),
        (0, 0.1, 0.16, 0.2, 0.26, 0.4, 0.5),
        (
            "Half of the returns have no fault that we can find. They still came back.",
            "{} per thousand. Moisture in the connector, again.",
            "We are slower than planned. I would like to change the connector, not the test.",
        ),
        None, "Quality",
    ),
    Story(
        "close", "Close the month in five days", Level.DEPARTMENT, "Jonas Weber", "lean",
        (
            number("Days until the books are closed", "9", "5", "days"),
            yes_or_no("The auditors accept the new closing", (0, 0, 0.4, 1, 1, 1, 1)),
        ),
        (0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.1),
        (
            "Most travel costs come by the third, and the rest gets a friendly call.",
            "{} days, and the auditors have accepted it.",
        ),
        None, "Finance",
    ),
    Story(
        "stock", "Parts when they are needed, not before", Level.DEPARTMENT, "Davide Conti", "lean",
        (
            percent("Orders delivered complete", "82", "95"),
            number("Days of stock", "64", "45", "days"),
            kept("Service level of our suppliers", "95", "99", "%", "4",
                 ("96.1", "95.4", "94.2", "95.6", "96.3", "96.8", "96.5", "96.4", "96.6")),
        ),
        (0, 0.18, 0.34, 0.52, 0.68, 0.85, 1),
        (
            "Prisms come from two places now. We sleep better.",
            "{} % are complete. What fills the stock are cables that nobody wants.",
        ),
        None, "Supply Chain",
    ),
    Story(
        "voices", "Customers tell others about Aurora", Level.DEPARTMENT, "Niklas Berg", "aurora",
        (
            number("Customers who speak for us", "0", "12", "customers"),
            steps(
                "A day with customers",
                ("Date and place are fixed", "1"),
                ("Four of them give a talk", "2"),
                ("Eighty guests have said yes", "2"),
                ("The day itself", "3"),
            ),
        ),
        (0, 0.13, 0.3, 0.4, 0.6, 0.8, 1),
        (
            "The gearbox works shows us its floor. And its coffee.",
            "Four talks are promised, one of them about what went wrong.",
        ),
        None, "Marketing",
    ),
    Story(
        "cloud", "Every Aurora talks to the cloud", Level.TEAM, "Lena Fischer", "ready",
        (
            number("Instruments connected in the field test", "0", "500", "devices"),
            number("Slowest answers (95th percentile)", "900", "250", "ms"),
            steps(
                "Ready for customers",
                ("Threat model reviewed", "1"),
                ("Keys in the hardware module", "2"),
                ("Field test with three customers", "3"),
                ("Hand-over to service", "1"),
            ),
        ),
        (0, 0.2, 0.38, 0.56, 0.72, 0.9, 1.08),
        (
            "The review of the threat model found two doors that we had left open. Both are shut.",
            "Keys live in the hardware module. Fleur tried to get them out for three days.",
            "{} devices. The gateway in the new region halves the way for most of them.",
        ),
        None, "Platform", Driver.BOTH,
    ),
    Story(
        "updates", "Updates that nobody fears", Level.TEAM, "Lukas Gruber", "ready",
        (number("Failed updates per thousand", "14", "2", "updates"),),
        (0, 0.12, 0.26, 0.4, 0.55, 0.72, 0.9),
        (
            "{} per thousand. The old instruments are the problem, and they are many.",
            "{}. Customers may choose the hour themselves now.",
        ),
        None, "Firmware", Driver.BOTH,
    ),
    Story(
        "calibrate", "Calibrate in half the time", Level.TEAM, "Chiara Moretti", "ready",
        (number("Time for one calibration", "50", "25", "minutes"),),
        (0, 0.1, 0.15, 0.2, 0.24, 0.4, 0.6),
        (
            "What was easy is done. The next ten minutes are physics.",
            "{} minutes, for weeks. I suggest that we look at the scope together.",
        ),
        None, "Optics Lab", Driver.BOTH,
    ),
    Story(
        "learn", "Learn from ten customers a month", Level.TEAM, "Marijke Visser", "ready",
        (number("Customer interviews", "0", "30", "interviews"),),
        (0, 0.22, 0.4, 0.6, 0.78, 0.95, 1.15),
        (
            "Half of them with people who said no. They are the better half.",
            "{}. Three engineers have asked to come along.",
        ),
        None, "Design Studio", Driver.BOTH,
    ),
    Story(
        "no-rework", "One build, no rework", Level.TEAM, "Oskar Lindholm", "build",
        (percent("Instruments that need rework", "12", "4"),),
        (0, 0.1, 0.25, 0.38, 0.5, 0.65, 0.8),
        (
            "A new line means new mistakes. We write each of them on the wall.",
            "{} %. The wall is half full, and nothing stands on it twice.",
        ),
        None, "Assembly", Driver.BOTH,
    ),
    Story(
        "north", "Aurora in the north", Level.TEAM, "Felix Hartmann", "win",
        (number("Signed orders", "0", "24", "orders"),),
        (0, 0.16, 0.33, 0.5, 0.67, 0.83, 1),
        (
            "{} orders; one of them from a train.",
            "{}. Oslo wants six at once, if they come together.",
        ),
        None, "Sales North", Driver.BOTH,
    ),
    Story(
        "south", "Aurora in the south", Level.TEAM, "Sofia Romano", "win",
        (number("Signed orders", "0", "16", "orders"),),
        (0, 0.12, 0.24, 0.36, 0.47, 0.6, 0.7),
        (
            "{} orders, and a partner in Porto who calls back.",
            "{}. Everybody is interested; few have a budget left.",
        ),
        None, "Sales South", Driver.BOTH, silent=True,
    ),
    Story(
        "same-day", "An answer on the same day", Level.TEAM, "Hannah Vogel", "first-call",
        (percent("Requests answered on the day they arrive", "62", "90"),),
        (0, 0.2, 0.36, 0.54, 0.72, 0.88, 1.02),
        (
            "{} %. The quiet afternoon stays, in spite of two Mondays.",
            "{} %. Fridays work, since nobody is alone.",
        ),
        None, "Customer Care", Driver.BOTH,
    ),
)  # fmt: skip
