from perfapi.domains.goals.smart.schemas import SmartRule as Rule

from .vocabulary import Text, Vocabulary, words

VOCABULARY = Vocabulary(
    vague=words(
        "meglio migliore migliori migliorare miglioramento ottimizzare ottimizzazione rafforzare "
        "aumentare più meno veloce buono buona ottimo vari varie diversi alcune alcuni cose ecc "
        "efficiente efficace successo"
    ),
    work=words(
        "aiutare cercare cominciare continuare discutere esaminare fare incontrare iniziare "
        "lavorare organizzare parlare partecipare pianificare preparare provare ricercare "
        "scrivere sostenere supportare svolgere tenere"
    ),
    place_of_verb=0,
    texts={
        Rule.TITLE_SHORT: Text(
            "Di' con qualche parola in più che cosa sarà diverso, e per chi.",
            "Un titolo di una o due parole viene capito da ciascuno in modo diverso.",
            "«Onboarding» → «I nuovi clienti sono autonomi entro una settimana»",
        ),
        Rule.TITLE_VAGUE: Text(
            "Di' che cosa significa qui «{word}».",
            "Ognuno immagina altro, e nessuno sa quando è raggiunto.",
            "«Migliorare l'assistenza» → «I clienti ricevono risposta in giornata»",
        ),
        Rule.KEY_RESULT_IS_WORK: Text(
            "Indica il risultato, non il lavoro: «{word}» è qualcosa che fai.",
            "Il lavoro può essere fatto senza che nulla migliori. "
            "Un risultato mostra che è servito.",
            "«Organizzare dieci workshop» → «Team che usano il nuovo metodo: 2 → 10»",
        ),
        Rule.NO_KEY_RESULT: Text(
            "Aggiungi un risultato chiave: un numero, delle tappe o un valore da mantenere.",
            "Senza una misura il progresso è un'opinione.",
            "«Risposte in giornata: 62 % → 90 %»",
        ),
        Rule.NO_UNIT: Text(
            "Di' che cosa si conta.",
            "Un numero da solo si legge male: ordini, euro o giorni?",
            "«Ordini firmati: 0 → 40 ordini»",
        ),
        Rule.JUDGED_BY_HAND: Text(
            "Trova anche qualcosa da contare, oltre al tuo giudizio.",
            "Una percentuale stimata dice come lo senti tu; altri lo vedono diversamente.",
            "«Giudizio personale: 60 %» → «Reparti che usano il piano: 0 → 5»",
        ),
        Rule.TOO_MANY_KEY_RESULTS: Text(
            "Tieni i tre, al massimo cinque risultati chiave che contano di più.",
            "Chi insegue tutto insieme raggiunge poco.",
            "Sposta gli altri in un obiettivo a parte, o lasciali al prossimo trimestre.",
        ),
        Rule.LEAP: Text(
            "Verifica che questo salto sia possibile nel tempo a disposizione.",
            "Un traguardo molto oltre il valore di oggi scoraggia appena sembra irraggiungibile.",
            "«5 → 100 clienti» → «5 → 20 clienti in questo trimestre»",
        ),
        Rule.ALL_OR_NOTHING: Text(
            "Scegli un traguardo che si possa mancare di poco ed essere comunque un successo.",
            "Con 100 % o 0 % una sola eccezione rovina tutto l'obiettivo.",
            "«100 % in orario» → «95 % in orario, dall'82 %»",
        ),
        Rule.LITTLE_TIME: Text(
            "Dagli più tempo, oppure fanne un compito.",
            "In meno di due settimane c'è poco spazio per accorgersi e correggere.",
            "«Entro venerdì» → «Entro la fine del trimestre»",
        ),
        Rule.SERVES_NOTHING: Text(
            "Scegli l'obiettivo superiore a cui contribuisce.",
            "Il lavoro conta di più quando tutti vedono a che cosa serve.",
            "«Risposte in giornata» serve a «Lavorare con noi è semplice»",
        ),
        Rule.NO_REASON: Text(
            "Di' in una frase perché è importante proprio ora.",
            "Chi conosce il motivo trova strade migliori e sa quando fermarsi.",
            "«Due clienti su cinque tra quelli persi lamentavano risposte lente.»",
        ),
        Rule.NO_END: Text(
            "Scegli un ciclo o un giorno di scadenza.",
            "Ciò che non ha fine si rimanda sempre per ciò che ne ha una.",
            "«Q4», oppure «entro il 31 dicembre»",
        ),
        Rule.LONG_TIME: Text(
            "Dividilo: che cosa sarà raggiunto alla fine di questo trimestre?",
            "Nessuno sa oggi che cosa sarà giusto tra più di un anno.",
            "«Leader di mercato in tre anni» → «Quest'anno: presenti in altri due Paesi»",
        ),
        Rule.ENDS_IN_THE_PAST: Text(
            "Scegli un giorno futuro.",
            "Sarebbe in ritardo fin dal primo giorno.",
            "La fine di questo ciclo.",
        ),
    },
)
