"""The third quarter: the first hundred instruments, a certificate, and a fair."""

from perfapi.domains.goals.models import Ambition, Driver, Level

from .words import Ending, Story, kept, money, number, percent, steps, yes_or_no

GOALS = (
    Story(
        "hundred", "Deliver the first hundred Auroras", Level.COMPANY, "Ingrid Halvorsen", None,
        (
            number("Instruments delivered", "0", "100", "instruments",
                   (0, 0.02, 0.1, 0.28, 0.5, 0.7, 0.82)),
            money("Turnover with Aurora", "0", "1400000", (0, 0, 0.08, 0.24, 0.44, 0.64, 0.78)),
        ),
        (0, 0.82),
        (
            "The first {} are at work. They called to say that nothing happened.",
            "{} delivered. The line is the bottleneck now, not the orders.",
            "{}. The others wait for a prism that is on a ship.",
        ),
        Ending(
            "0.8",
            "82 instruments instead of 100, and not one of them came back.",
            "Everybody knew the number of the day; it hung at the canteen.",
            "One prism from one supplier. We had written that down a quarter ago.",
            "The list of critical parts is read at the start of a quarter, not at its end.",
        ),
        weight="2", driver=Driver.BOTH,
    ),
    Story(
        "loyal", "Customers stay with us", Level.COMPANY, "Camille Laurent", None,
        (
            kept("Customers who left, over a year", None, "4", "%", "3",
                 ("3.7", "3.9", "4.2", "3.8", "3.5", "3.4")),
            percent("Contracts that are renewed before they end", "74", "80"),
        ),
        (0, 0.3, 0.5, 0.9, 1.2),
        (
            "Two small customers left in one week, both over a price list that nobody explained.",
            "{} %. The reminder after ninety days does its work.",
        ),
        Ending(
            "1",
            "3.4 % left over a year, and four of five contracts are renewed early.",
            "The reminder, and a call instead of a letter.",
            "The new price list went out without a word from us.",
            "Nobody learns of a price from a table. From now on we watch this as a habit.",
        ),
        driver=Driver.BOTH, goes_on="loyal",
    ),
    Story(
        "scrap", "Make less scrap, and know why", Level.COMPANY, "Saskia de Boer", None,
        (
            percent("Scrap rate in production", "6.4", "4.8"),
            percent("Scrap of which we know the cause", "40", "85", (0, 0.3, 0.6, 0.9, 1)),
        ),
        (0, 0.1, 0.3, 0.6, 0.85, 1),
        (
            "A red box at every bench: what goes in gets a note.",
            "Half of it comes from two screws of different length. They are now the same.",
        ),
        Ending(
            "1", "4.8 %, and we know why for more than eight of ten pieces.",
            "The red boxes. Nobody was blamed for a note.",
            "The first month looked worse, because we saw more. We had not announced that.",
            "Say beforehand that numbers get worse when one begins to look.",
        ),
        driver=Driver.BOTH,
    ),
    Story(
        "build", "Build an Aurora in four hours", Level.DEPARTMENT, "Oskar Lindholm", "hundred",
        (
            number("Time to assemble one", "13", "4", "hours", (0, 0.05, 0.12, 0.2, 0.3, 0.39)),
            steps(
                "The new line is ready",
                ("Benches and tools ordered", "1"),
                ("First bench in use", "2"),
                ("Everybody trained", "2"),
                ("Old line taken down", "1"),
                course=(0, 0.05, 0.1, 0.17, 0.17),
            ),
        ),
        (0, 0.3),
        (
            "The wall is down and the benches are ordered. Ten weeks, they say.",
            "{} hours on the old line. We are building two quarters at once.",
            "{} hours. The first bench arrives the week after next.",
        ),
        Ending(
            "0.4",
            "9.5 hours, on a line that was never made for it. The benches came too late to count.",
            "Eva and Johannes cut an hour by swapping two steps.",
            "We believed the date of the supplier and had no other plan.",
            "One bench is borrowed from the lab until ours are there. The goal goes on, once more.",
        ),
        "Production", Driver.BOTH, goes_on="build",
    ),
    Story(
        "accredited", "An accredited calibration lab", Level.DEPARTMENT, "Amira Haddad", "loyal",
        (
            yes_or_no("The certificate hangs on the wall", (0, 0, 0, 0, 0.4, 1)),
            steps(
                "On the way to it",
                ("The handbook is written", "2"),
                ("Our own audit has been made", "1"),
                ("Its 14 findings are closed", "2"),
                ("The assessors were here", "2"),
            ),
        ),
        (0, 0.25, 0.45, 0.7, 0.9, 1),
        (
            "The handbook is down to forty pages. Ibrahim crossed out the rest.",
            "Fourteen findings in our own audit, eleven of them in a drawer.",
            "The certificate is here, without a condition. It hangs beside the coffee machine.",
        ),
        Ending(
            "1",
            "The lab is accredited, without a condition. Customers no longer need another "
            "certificate beside ours.",
            "Finding our own faults two months before the assessors came.",
            "The handbook was written by two people only, in evenings.",
            "Every procedure gets an owner who uses it.",
        ),
        "Quality", weight="2",
    ),
    Story(
        "fair", "Launch Aurora at the trade fair", Level.DEPARTMENT, "Niklas Berg", "hundred",
        (
            steps(
                "From an idea to a stand",
                ("One sentence that everybody can say", "1"),
                ("The stand is booked", "1"),
                ("The film is cut", "2"),
                ("Two instruments for visitors to touch", "2"),
                ("Three days at the fair", "3"),
            ),
            number("Visitors who left their address", "0", "400", "visitors",
                   (0, 0, 0, 0, 0.6, 1.3)),
        ),
        (0, 0.12, 0.24, 0.46, 0.68, 1),
        (
            "The sentence: “Aurora measures where you work.” Eleven drafts, one winner.",
            "The film is cut: two minutes, and no music that makes one sad.",
            "520 addresses. The instruments were touched by everybody under ten.",
        ),
        Ending(
            "1",
            "520 visitors left their address, and 60 asked for an offer on the spot.",
            "Engineers on the stand. They said what does not work, and were believed.",
            "The film arrived the night before.",
            "Everything is on the stand three days early, or stays at home.",
        ),
        "Marketing",
    ),
    Story(
        "portal", "The portal is there when customers need it", Level.DEPARTMENT, "Jan Kowalski",
        "loyal",
        (
            kept("Availability of the portal", "99.5", None, "%", "1",
                 ("99.9", "99.9", "99.3", "99.8", "99.9", "99.9")),
        ),
        (0, 1),
        (
            "A digger cut our line. The second data centre took over after four minutes.",
            "{} % again. I begin to find this boring, which is the idea.",
        ),
        Ending(
            "1", "99.8 % over the quarter, in spite of the digger.",
            "The switch-over that we had rehearsed worked by itself.",
            "The telephone went through the same line. We had not thought of it.",
            "Telephones get a line of their own.",
        ),
        "IT", goes_on="portal",
    ),
    Story(
        "nine-days", "Close the month in nine days", Level.DEPARTMENT, "Jonas Weber", None,
        (number("Days until the books are closed", "12", "9", "days"),),
        (0, 0.3, 0.6, 1, 1),
        (
            "{} days. Utrecht sends its figures on the second day now.",
            "{} days, twice in a row.",
        ),
        Ending(
            "1", "Nine days, three months in a row.",
            "Emil wrote down what waits for what: half of it did not have to.",
            "Travel costs still come when they like.",
            "Five days is possible, if travel costs come by the third.",
        ),
        "Finance",
    ),
    Story(
        "know-aurora", "Everybody at the desk knows Aurora", Level.DEPARTMENT, "Hannah Vogel",
        "hundred",
        (
            percent("Colleagues who repaired one themselves", "0", "100"),
            percent("Requests solved at the first call", "49", "58"),
        ),
        (0, 0.2, 0.4, 0.7, 1),
        (
            "We took one apart over lunch. It went back together, with one screw left.",
            "All nine have repaired one. The screw was found, too.",
        ),
        Ending(
            "1", "All nine have repaired one, and 58 % of requests end at the first call.",
            "An instrument of our own to take apart.",
            "The manual still describes the prototype.",
            "Who repairs it corrects the manual the same day.",
        ),
        "Service", Driver.BOTH,
    ),
    Story(
        "complete", "Orders leave us complete", Level.DEPARTMENT, "Davide Conti", "scrap",
        (percent("Orders delivered complete", "74", "82"),),
        (0, 0.2, 0.5, 0.8, 1),
        (
            "Cables are what is missing, in two of three cases. Cables!",
            "{} %. Iris packs cables before anything else.",
        ),
        Ending(
            "1", "82 % leave us complete.", "Looking at what is missing instead of what is late.",
            "Two parcels a week were opened again.", "The list is read by a second pair of eyes.",
        ),
        "Supply Chain",
    ),
    Story(
        "one-to-one", "Managers and their people talk", Level.DEPARTMENT, "Priya Raman", None,
        (percent("One-to-ones that took place", "30", "52"),),
        (0, 0.3, 0.5, 0.8, 1),
        (
            "Most are cancelled by managers, not by their people.",
            "{} %. Where the day is fixed it is 80.",
        ),
        Ending(
            "1", "52 %, and we know what helps: a fixed day.",
            "Beatrice asked those whose talks were cancelled.", "We sent reminders to the wrong "
            "side at first.", "Managers get the reminder.",
        ),
        "People",
    ),
    Story(
        "quick", "Answers before one notices the wait", Level.TEAM, "Lena Fischer", "hundred",
        (
            number("Slowest answers (95th percentile)", "2100", "900", "ms"),
            number("Instruments that the gateway carries", "12", "120", "instruments"),
        ),
        (0, 0.2, 0.5, 0.6, 0.9, 1),
        (
            "Half of the time is spent on a question that we ask twice.",
            "{} ms on a bad day, with 120 instruments in the load test.",
        ),
        Ending(
            "1", "900 ms, with 120 instruments.", "Nina's traces. We never had to guess.",
            "The load test came three weeks after we needed it.",
            "Load first, features second.",
        ),
        "Platform", Driver.BOTH,
    ),
    Story(
        "overnight", "Updates overnight, wherever they are", Level.TEAM, "Lukas Gruber", "hundred",
        (number("Failed updates per thousand", "31", "14", "updates"),),
        (0, 0.2, 0.4, 0.8, 1),
        (
            "{} per thousand. Most of them are a weak network.",
            "{}. An update now waits for a good moment.",
        ),
        Ending(
            "1", "14 per thousand, most of them on old instruments.",
            "Asking for help in week two, as we had promised ourselves.",
            "Time zones. An update rebooted a lab in Osaka at noon.",
            "Night is where the instrument is.",
        ),
        "Firmware", Driver.BOTH,
    ),
    Story(
        "calibrate", "Calibrate in fifty minutes", Level.TEAM, "Chiara Moretti", "hundred",
        (number("Time for one calibration", "75", "50", "minutes"),),
        (0, 0.2, 0.4, 0.7, 1),
        (
            "Warming up takes twenty of seventy-five minutes. We now warm the next one meanwhile.",
            "Fifty, if nobody opens the door.",
        ),
        Ending(
            "1", "Fifty minutes, with the door closed.", "Two instruments at a time.",
            "The air conditioning and we are not friends.", "A door that closes by itself.",
        ),
        "Optics Lab", Driver.BOTH,
    ),
    Story(
        "twenty-talks", "Twenty conversations before the next drawing", Level.TEAM,
        "Marijke Visser", "hundred",
        (number("Conversations with customers", "0", "20", "conversations"),),
        (0, 0.3, 0.6, 0.8, 0.92),
        (
            "{} so far. Nobody asks for more functions; four ask for fewer.",
            "{} conversations. The new start screen has three buttons.",
        ),
        Ending(
            "0.9", "22 conversations and a start screen with three buttons.",
            "No drawing before the tenth talk. It was hard.",
            "All of them were customers already.", "Half of them with people who said no.",
        ),
        "Design Studio", Driver.BOTH,
    ),
    Story(
        "rework", "Right at the first time", Level.TEAM, "Oskar Lindholm", "scrap",
        (percent("Instruments that need rework", "19", "12"),),
        (0, 0.1, 0.4, 0.7, 1),
        (
            "A third of rework is dust. The gowns are ugly, and they stay.",
            "{} %. Rania found the second screw.",
        ),
        Ending(
            "1", "12 instead of 19 of a hundred.", "A minute of silence before the lid goes on.",
            "Gowns came in one size.", "We try things on before we order ninety.",
        ),
        "Assembly",
    ),
    Story(
        "north", "Aurora for everybody who signed a letter", Level.TEAM, "Felix Hartmann",
        "hundred", (number("Letters that became orders", "0", "22", "orders"),),
        (0, 0.2, 0.4, 0.6, 0.82),
        (
            "{} of 22. They ask for the date, and only then for the price.",
            "{} of 22. Two wait for their budget, two have changed their mind.",
        ),
        Ending(
            "0.8", "18 of 22 letters became orders.", "Calling with a date, never without one.",
            "Two changed their mind in the weeks in which we were silent.",
            "A call every two weeks, also without news.",
        ),
        "Sales North",
    ),
    Story(
        "south", "Open the south for Aurora", Level.TEAM, "Sofia Romano", "hundred",
        (number("First meetings with buyers", "0", "30", "meetings"),),
        (0, 0.2, 0.5, 0.6, 0.7), (
            "{} meetings, most of them around Bologna.",
            "I take over while Sofia is away. {} meetings, and two surprises in Spain.",
            "{}. What we lack is somebody who speaks Portuguese.",
        ),
        Ending(
            "0.7", "21 of 30 meetings. An aspiration, and we are content with it.",
            "A calm handover: three afternoons, and one list.",
            "Portugal. We tried in English.", "We look for a partner in Porto.",
        ),
        "Sales South", ambition=Ambition.ASPIRATIONAL,
    ),
    Story(
        "same-day", "Two of three answered on the same day", Level.TEAM, "Hannah Vogel",
        "know-aurora",
        (percent("Requests answered on the day they arrive", "45", "62"),),
        (0, 0.3, 0.6, 0.8, 1),
        (
            "Answers until four o'clock, then the rest of the day for what is hard.",
            "{} %. The hard ones are answered better, too.",
        ),
        Ending(
            "1", "62 %, and fewer people ask twice.", "An afternoon without telephone, in turns.",
            "Fridays.", "Nobody is off on a Friday afternoon alone.",
        ),
        "Customer Care",
    ),
)  # fmt: skip
