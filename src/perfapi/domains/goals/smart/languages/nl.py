from perfapi.domains.goals.smart.schemas import SmartRule as Rule

from .vocabulary import Text, Vocabulary, words

VOCABULARY = Vocabulary(
    vague=words(
        "beter betere beste verbeteren verbetering optimaliseren versterken verhogen meer minder "
        "sneller goed goede diverse verschillende enkele dingen enz succesvol efficiënt "
        "efficiënter effectief"
    ),
    work=words(
        "beginnen bespreken bezoeken bijwonen doen helpen houden onderzoeken ondersteunen "
        "organiseren plannen praten proberen schrijven spreken starten voorbereiden werken"
    ),
    place_of_verb=-1,
    texts={
        Rule.TITLE_SHORT: Text(
            "Zeg met een paar woorden meer wat er anders wordt, en voor wie.",
            "Een titel van één of twee woorden begrijpt iedereen anders.",
            "“Onboarding” → “Nieuwe klanten werken na een week zelfstandig”",
        ),
        Rule.TITLE_VAGUE: Text(
            "Zeg wat “{word}” hier betekent.",
            "Iedereen stelt zich iets anders voor, en niemand weet wanneer het bereikt is.",
            "“Support verbeteren” → “Klanten krijgen dezelfde dag antwoord”",
        ),
        Rule.KEY_RESULT_IS_WORK: Text(
            "Noem wat het oplevert: “{word}” is iets wat je doet.",
            "Werk kan gedaan zijn zonder dat iets beter wordt. "
            "Een resultaat laat zien dat het hielp.",
            "“Tien workshops houden” → “Teams die zo werken: 2 → 10”",
        ),
        Rule.NO_KEY_RESULT: Text(
            "Voeg een kernresultaat toe: een getal, stappen of een waarde om vast te houden.",
            "Zonder maat is voortgang een kwestie van mening.",
            "“Antwoorden op dezelfde dag: 62 % → 90 %”",
        ),
        Rule.NO_UNIT: Text(
            "Zeg wat er geteld wordt.",
            "Een kaal getal wordt snel verkeerd gelezen: orders, euro's of dagen?",
            "“Getekende orders: 0 → 40 orders”",
        ),
        Rule.JUDGED_BY_HAND: Text(
            "Zoek naast je eigen oordeel ook iets dat te tellen is.",
            "Een geschat percentage zegt hoe het voelt; anderen zien het anders.",
            "“Eigen oordeel: 60 %” → “Afdelingen die het plan gebruiken: 0 → 5”",
        ),
        Rule.TOO_MANY_KEY_RESULTS: Text(
            "Houd de drie tot vijf belangrijkste kernresultaten.",
            "Wie alles tegelijk najaagt, bereikt er weinig van.",
            "Geef de andere een eigen doel, of bewaar ze voor het volgende kwartaal.",
        ),
        Rule.LEAP: Text(
            "Ga na of zo'n sprong in die tijd haalbaar is.",
            "Een doel ver boven de waarde van vandaag ontmoedigt zodra het onbereikbaar lijkt.",
            "“5 → 100 klanten” → “5 → 20 klanten dit kwartaal”",
        ),
        Rule.ALL_OR_NOTHING: Text(
            "Kies een streefwaarde die je net kunt missen en die toch een succes is.",
            "Met 100 % of 0 % bederft één uitzondering het hele doel.",
            "“100 % op tijd” → “95 % op tijd, van 82 %”",
        ),
        Rule.LITTLE_TIME: Text(
            "Geef het meer tijd, of maak er een taak van.",
            "In minder dan twee weken is er nauwelijks ruimte om te merken en bij te sturen.",
            "“Voor vrijdag” → “Voor het einde van het kwartaal”",
        ),
        Rule.SERVES_NOTHING: Text(
            "Kies het doel erboven waaraan het bijdraagt.",
            "Werk telt meer als iedereen ziet waar het aan bijdraagt.",
            "“Dezelfde dag antwoord” draagt bij aan “Klanten werken graag met ons”",
        ),
        Rule.NO_REASON: Text(
            "Zeg in één zin waarom het juist nu belangrijk is.",
            "Wie de reden kent, vindt betere wegen en weet wanneer het genoeg is.",
            "“Twee van de vijf klanten die vertrokken, noemden trage antwoorden.”",
        ),
        Rule.NO_END: Text(
            "Kies een cyclus of een dag waarop het af moet zijn.",
            "Wat geen einde heeft, wordt altijd uitgesteld voor wat er wel een heeft.",
            "“Q4”, of “voor 31 december”",
        ),
        Rule.LONG_TIME: Text(
            "Deel het op: wat is aan het einde van dit kwartaal bereikt?",
            "Niemand weet vandaag wat over meer dan een jaar juist is.",
            "“Over drie jaar marktleider” → “Dit jaar: in nog twee landen”",
        ),
        Rule.ENDS_IN_THE_PAST: Text(
            "Kies een dag die nog komt.",
            "Het zou vanaf de eerste dag te laat zijn.",
            "Het einde van deze cyclus.",
        ),
    },
)
