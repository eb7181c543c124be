"""What single people wanted in the three quarters that have ended."""

from perfapi.domains.goals.models import Level, Purpose, Visibility

from .words import Ending, Story, judged, number, percent, steps, yes_or_no

FIRST = (
    Story(
        "anton-lost", "No reading is lost when the line drops", Level.PERSON, "Anton Novak",
        "one-second",
        (number("Readings lost in an hour without network", "900", "0", "readings"),),
        (0, 0.1, 0.4, 0.8, 1),
        (
            "Readings now wait on the instrument. The hard part is their order.",
            "An hour with the plug pulled, and nothing is missing.",
        ),
        Ending(
            "1",
            "An instrument can be offline for a day and forgets nothing.",
            "Writing the test before the queue.",
            "I asked for help a week too late.",
            "I ask after a day.",
        ),
        agreed=True,
    ),
    Story(
        "nina-trace", "Follow a reading from lens to screen", Level.PERSON, "Nina Hofmann",
        "one-second", (percent("Steps that leave a trace", "20", "100"),),
        (0, 0.4, 0.7, 0.9),
        ("{} % of the steps. It already found a bug in the gateway.",),
        Ending(
            "0.9", "All steps but the old importer, which we will remove anyway.",
            "Others use the traces without asking me how.", "I built two dashboards that nobody "
            "opens.", "Ask who will look at it before I draw it.",
        ),
    ),
    Story(
        "karim-detector", "Know which detector comes next", Level.PERSON, "Karim Nasser",
        "sunproof",
        (steps("From five candidates to one", ("Five are on the bench", "1"),
               ("Two are left", "1"), ("One is recommended, with its price", "2")),),
        (0, 0.3, 0.6, 1),
        ("Two are left; the cheaper one drifts when it gets warm.",),
        Ending(
            "1", "One is recommended, with its price and its drift.",
            "The suppliers lent us their own benches.", "The report came a day before the "
            "decision.", "A draft goes round a week before.",
        ),
        agreed=True,
    ),
    Story(
        "filip-film", "Two change-overs a week, without overtime", Level.PERSON, "Filip Horvat",
        "change-over", (number("Hours of overtime in a week", "14", "2", "hours"),),
        (0, 0.2, 0.6, 0.85),
        ("{} hours. Jeroen plans the wagons now, and does it better than I did.",),
        Ending(
            "0.8", "4 hours, and everybody saw their family on Fridays.",
            "Letting the technicians plan.", "I planned alone for the first weeks.",
            "The plan is made at the line.",
        ),
    ),
    Story(
        "silvia-speaks", "Explain our lab in English", Level.PERSON, "Silvia Fontana", None,
        (yes_or_no("One guided tour, in English, without notes", (0, 0.2, 0.5, 1)),),
        (0, 0.2, 0.5, 1),
        ("Practised with Marlene. The words for light are easy, those for money are not.",),
        Ending(
            "1", "Eleven visitors from Utrecht, forty minutes, two jokes that worked.",
            "Practising with somebody who asks back.", "I learned the first tour by heart and "
            "forgot it by heart.", "Bullet points in my pocket, just in case.",
        ),
        purpose=Purpose.DEVELOPMENT,
    ),
)  # fmt: skip

SECOND = (
    Story(
        "anton-bench", "Lend a hand to the boot loader", Level.PERSON, "Anton Novak",
        "safe-updates", (percent("Ways to fail that the bench can play", "0", "90"),),
        (0, 0, 0, 0.1, 0.6, 1),
        ("Three weeks with Firmware. The bench pulls the plug four hundred times a night.",),
        Ending(
            "1", "The bench plays 28 of 31 ways to fail, every night.",
            "Sitting with Julia instead of writing to her.", "My own goal waited for two weeks.",
            "Say aloud what waits when I help.",
        ),
    ),
    Story(
        "clara-alarms", "Sleep through the night on call", Level.PERSON, "Clara Becker", "field",
        (number("Alarms in a night", "11", "1", "alarms"),),
        (0, 0.3, 0.6, 0.75, 0.9),
        ("One alarm less each day. Now at {}.",),
        Ending(
            "0.9", "Two in a night, and both were right.", "Deleting, not tuning.",
            "The first week I deleted one that we needed.", "Ask the one who wrote it.",
        ),
        agreed=True,
    ),
    Story(
        "omar-calls", "Know six machines by heart", Level.PERSON, "Omar Farouk", "hotline",
        (number("Machines that I can take apart on the phone", "1", "6", "machines"),),
        (0, 0.2, 0.5, 0.8, 1),
        ("{}. I drew them all; the drawings hang at the desk.",),
        Ending(
            "1", "Six, and my drawings are used by three colleagues.",
            "Drawing instead of reading.", "Number five was taken out of the range in week two.",
            "Ask which machines stay.",
        ),
        agreed=True,
    ),
    Story(
        "merel-letters", "Eight letters from places without a dealer", Level.PERSON,
        "Merel Scholten", "first-twenty", (number("Letters of intent", "0", "8", "letters"),),
        (0, 0.2, 0.4, 0.8, 1.1),
        ("{}. It helps to arrive by train: people pick one up, and talk.",),
        Ending(
            "1", "Nine letters, from seven towns.", "Visiting before writing.",
            "My travel costs came late, twice.", "On the train back, each time.",
        ),
    ),
    Story(
        "lena-delegate", "Hand over two decisions a month", Level.PERSON, "Lena Fischer", None,
        (number("Decisions that are no longer mine", "0", "6", "decisions"),),
        (0, 0.3, 0.5, 0.7, 1),
        ("Nina decides on releases now. I only looked once.",),
        Ending(
            "1", "Six, and none came back to me.", "Saying which ones, in front of the team.",
            "I kept the small ones too long: they are the tiring ones.", "Small ones first.",
        ),
        purpose=Purpose.DEVELOPMENT, visibility=Visibility.MANAGER_CHAIN,
    ),
    Story(
        "elena-sql", "Teach colleagues to ask our data themselves", Level.PERSON, "Elena Greco",
        None, (yes_or_no("A course of three evenings was held", (0, 0.4, 0.6, 1)),),
        (0, 0.4, 0.6, 1),
        ("Nineteen names on the list; I had hoped for eight.",),
        Ending(
            "1", "Nineteen people, three evenings, and Service writes its own reports.",
            "Questions from their own work.", "The third evening was too full.",
            "Two evenings, and an hour each on demand.",
        ),
        purpose=Purpose.DEVELOPMENT,
    ),
)  # fmt: skip

THIRD = (
    Story(
        "anton-twice", "Ask every question once", Level.PERSON, "Anton Novak", "quick",
        (number("Questions to the database for one reading", "9", "3", "questions"),),
        (0, 0.3, 0.6, 0.8, 1),
        ("{}. Two of them were my own, from last year.",),
        Ending(
            "1", "Three, and the code is shorter.", "Reading Nina's traces before the code.",
            "I changed two things at once and lost a day.", "One thing at a time.",
        ),
        agreed=True,
    ),
    Story(
        "ibrahim-handbook", "A handbook that is used", Level.PERSON, "Ibrahim Yildiz",
        "accredited", (number("Pages of the handbook", "160", "40", "pages"),),
        (0, 0.4, 0.7, 0.9, 1),
        ("{} pages. I read each aloud, and crossed out what made us yawn.",),
        Ending(
            "1", "40 pages, and three of them are pictures.", "Reading aloud.",
            "I took out a page that the assessors wanted.", "Ask for their list first.",
        ),
        agreed=True,
    ),
    Story(
        "nele-stand", "A stand that is quiet enough to talk", Level.PERSON, "Nele Franke", "fair",
        (steps("Built and taken down", ("A plan with two corners to sit", "1"),
               ("Carpets that swallow sound", "1"), ("Everything back in the lorry", "1")),),
        (0, 0.35, 0.5, 0.7, 1),
        ("Carpets cost more than the film. They were worth it in Utrecht.",),
        Ending(
            "1", "People stayed for eleven minutes on average. Last time it was four.",
            "Two corners to sit.", "The lorry waited for three hours.", "Book the later slot.",
        ),
    ),
    Story(
        "rania-screw", "Find out where rework begins", Level.PERSON, "Rania Khoury", "rework",
        (percent("Rework with a known cause", "30", "90"),), (0, 0.2, 0.6, 1),
        ("Two screws, one 2 mm longer, in the same box.",),
        Ending(
            "1", "For nine of ten we know the cause.", "Photographs instead of forms.",
            "My telephone was full after a week.", "A camera that belongs to the line.",
        ),
        agreed=True,
    ),
    Story(
        "greta-wait", "Know what waits for what", Level.PERSON, "Greta Neumann", "nine-days",
        (number("Steps that wait for another", "34", "15", "steps"),), (0, 0.3, 0.7, 1),
        ("{} steps wait for another. I began with those that wait for me.",),
        Ending(
            "1", "15, and none of them waits for me.", "Beginning with my own.",
            "The drawing was too large for any wall.", "A drawing per site.",
        ),
    ),
    Story(
        "beatrice-listen", "Hear those whose talks are cancelled", Level.PERSON,
        "Beatrice Rinaldi", "one-to-one",
        (number("Conversations over coffee", "0", "24", "conversations"),), (0, 0.3, 0.6, 0.8, 1),
        ("{} by now. Nobody is angry; most think that it is their fault.",),
        Ending(
            "1", "24 conversations. A fixed day is what people wish for.",
            "Coffee, not a survey.", "Nobody from the night shift came.",
            "I come to the night shift.",
        ),
    ),
    Story(
        "lukas-calm", "Stay calm when a test is red", Level.PERSON, "Lukas Gruber", None,
        (judged("The team says so"),), (0, 0.3, 0.5, 0.7, 0.8),
        ("Counted to ten, twice. It was the network.",),
        Ending(
            "0.8", "The team gives me four of five.", "Asking them, every two weeks.",
            "Mondays.", "No release before Tuesday.",
        ),
        purpose=Purpose.DEVELOPMENT, visibility=Visibility.TEAM,
    ),
)  # fmt: skip
