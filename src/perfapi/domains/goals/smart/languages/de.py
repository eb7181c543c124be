from perfapi.domains.goals.smart.schemas import SmartRule as Rule

from .vocabulary import Text, Vocabulary, words

VOCABULARY = Vocabulary(
    vague=words(
        "besser bessere besseren besserer beste verbessern verbesserung optimieren optimierung "
        "stärken steigern mehr weniger schneller gut gute diverse verschiedene einige dinge usw "
        "erfolgreich effizient effizienter effektiv"
    ),
    work=words(
        "abhalten anfangen arbeiten besprechen besuchen beginnen diskutieren durchführen helfen "
        "erforschen halten organisieren planen prüfen recherchieren schreiben sprechen teilnehmen "
        "treffen unterstützen veranstalten versuchen vorbereiten"
    ),
    place_of_verb=-1,
    texts={
        Rule.TITLE_SHORT: Text(
            "Sag mit ein paar Worten mehr, was anders sein wird und für wen.",
            "Einen Titel aus ein, zwei Wörtern versteht jeder anders.",
            "„Onboarding“ → „Neue Kunden arbeiten nach einer Woche selbstständig“",
        ),
        Rule.TITLE_VAGUE: Text(
            "Sag, was „{word}“ hier heißt.",
            "Jeder stellt sich etwas anderes vor, und niemand weiß, wann es erreicht ist.",
            "„Support verbessern“ → „Kunden bekommen am selben Tag eine Antwort“",
        ),
        Rule.KEY_RESULT_IS_WORK: Text(
            "Nenne, was dabei herauskommt: „{word}“ ist etwas, das du tust.",
            "Arbeit kann getan sein, ohne dass etwas besser wird. "
            "Ein Ergebnis zeigt, dass sie half.",
            "„Zehn Workshops durchführen“ → „Teams, die so arbeiten: 2 → 10“",
        ),
        Rule.NO_KEY_RESULT: Text(
            "Ergänze ein Schlüsselergebnis: eine Zahl, Schritte oder ein Wert, der zu halten ist.",
            "Ohne Maß ist Fortschritt Ansichtssache.",
            "„Antworten am selben Tag: 62 % → 90 %“",
        ),
        Rule.NO_UNIT: Text(
            "Sag, was gezählt wird.",
            "Eine nackte Zahl wird leicht falsch gelesen: Aufträge, Euro oder Tage?",
            "„Unterschriebene Aufträge: 0 → 40 Aufträge“",
        ),
        Rule.JUDGED_BY_HAND: Text(
            "Such dir neben deinem eigenen Urteil etwas, das sich zählen lässt.",
            "Ein geschätzter Prozentwert sagt, wie es sich anfühlt; andere sehen es anders.",
            "„Eigenes Urteil: 60 %“ → „Abteilungen, die den Plan nutzen: 0 → 5“",
        ),
        Rule.TOO_MANY_KEY_RESULTS: Text(
            "Behalte die drei bis fünf wichtigsten Schlüsselergebnisse.",
            "Wer alles zugleich verfolgt, erreicht wenig davon.",
            "Gib den übrigen ein eigenes Ziel, oder heb sie für das nächste Quartal auf.",
        ),
        Rule.LEAP: Text(
            "Prüfe, ob so ein Sprung in dieser Zeit zu schaffen ist.",
            "Ein Ziel weit über dem heutigen Wert entmutigt, sobald es unerreichbar wirkt.",
            "„5 → 100 Kunden“ → „5 → 20 Kunden in diesem Quartal“",
        ),
        Rule.ALL_OR_NOTHING: Text(
            "Wähle einen Zielwert, den man knapp verfehlen und doch ein Erfolg nennen kann.",
            "Bei 100 % oder 0 % verdirbt eine einzige Ausnahme das ganze Ziel.",
            "„100 % pünktlich“ → „95 % pünktlich, von 82 %“",
        ),
        Rule.LITTLE_TIME: Text(
            "Gib ihm mehr Zeit, oder mach eine Aufgabe daraus.",
            "In weniger als zwei Wochen bleibt kaum Raum, etwas zu merken und nachzusteuern.",
            "„Bis Freitag“ → „Bis zum Ende des Quartals“",
        ),
        Rule.SERVES_NOTHING: Text(
            "Wähle das Ziel darüber, dem es dient.",
            "Arbeit zählt mehr, wenn alle sehen, wozu sie beiträgt.",
            "„Antworten am selben Tag“ dient „Mit uns arbeitet es sich am leichtesten“",
        ),
        Rule.NO_REASON: Text(
            "Sag in einem Satz, warum es gerade jetzt wichtig ist.",
            "Wer den Grund kennt, findet bessere Wege und weiß, wann Schluss ist.",
            "„Zwei von fünf Kunden, die gingen, nannten langsame Antworten als Grund.“",
        ),
        Rule.NO_END: Text(
            "Wähle einen Zyklus oder einen Tag, bis zu dem es fällig ist.",
            "Was kein Ende hat, wird immer für das verschoben, was eines hat.",
            "„Q4“ oder „bis 31. Dezember“",
        ),
        Rule.LONG_TIME: Text(
            "Teile es: Was ist bis zum Ende dieses Quartals erreicht?",
            "Niemand weiß heute, was in mehr als einem Jahr richtig ist.",
            "„In drei Jahren Marktführer“ → „Dieses Jahr: in zwei weiteren Ländern“",
        ),
        Rule.ENDS_IN_THE_PAST: Text(
            "Wähle einen Tag, der noch kommt.",
            "Es wäre vom ersten Tag an überfällig.",
            "Das Ende dieses Zyklus.",
        ),
    },
)
