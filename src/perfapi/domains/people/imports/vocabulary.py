"""What HR systems call their columns and states, in English, German, Italian and Dutch.

Headers are compared squashed: lower case, ASCII, letters and digits only. Earlier ones win.
"""

from typing import Literal

from perfapi.domains.people.imports.mapping import Status

Language = Literal["en", "de", "it", "nl"]

HEADERS: dict[str, dict[Language, tuple[str, ...]]] = {
    "external_id": {
        "en": (
            "employeeid", "empid", "employeenumber", "employeeno", "empno", "employeecode",
            "personnelnumber", "personnelid", "staffid", "staffnumber", "workerid", "personid",
            "personnumber", "payrollid", "associateid", "userid", "externalid", "fileno", "id",
        ),
        "de": (
            "personalnummer", "personalnr", "persnr", "mitarbeiternummer", "mitarbeiternr",
            "mitarbeiterid", "manr", "pnr", "personalid",
        ),
        "it": (
            "matricola", "codicedipendente", "iddipendente", "numerodipendente", "nmatricola",
            "matricoladipendente",
        ),
        "nl": (
            "personeelsnummer", "personeelsnr", "medewerkernummer", "medewerkersnummer",
            "medewerkerid", "werknemernummer", "werknemersnummer", "personeelscode",
        ),
    },
    "name": {
        "en": (
            "employeename", "fullname", "displayname", "workername", "personname", "staffname",
            "lastnamefirstname", "lastfirst", "nameofemployee", "employee", "worker", "name",
        ),
        "de": (
            "mitarbeitername", "vollername", "namevorname", "nachnamevorname", "vornamenachname",
            "vorundnachname", "mitarbeiter", "mitarbeiterin",
        ),
        "it": (
            "cognomenome", "cognomeenome", "nomecognome", "nomeecognome", "nominativo",
            "dipendente", "nomedipendente", "nomecompleto",
        ),
        "nl": (
            "naam", "volledigenaam", "naammedewerker", "medewerkernaam", "medewerker",
            "werknemer", "naamwerknemer", "achternaamvoornaam", "weergavenaam",
        ),
    },
    "given_name": {
        "en": (
            "preferredfirstname", "firstname", "givenname", "forename", "legalfirstname",
            "employeefirstname",
        ),
        "de": ("vorname", "rufname"),
        "it": ("nome", "primonome"),
        "nl": ("voornaam", "roepnaam"),
    },
    "family_name": {
        "en": (
            "lastname", "familyname", "surname", "preferredlastname", "legallastname",
            "employeelastname",
        ),
        "de": ("nachname", "familienname", "zuname"),
        "it": ("cognome",),
        "nl": ("achternaam", "familienaam"),
    },
    "email": {
        "en": (
            "workemail", "businessemail", "companyemail", "emailwork", "workemailaddress",
            "emailaddress", "email", "employeeemail", "primaryemail", "mail",
        ),
        "de": ("emailadresse", "dienstlicheemail", "emaildienstlich", "emailgeschaeftlich"),
        "it": ("emailaziendale", "postaelettronica", "indirizzoemail", "mailaziendale"),
        "nl": ("emailadres", "werkemail", "zakelijkemail", "zakelijkeemail", "emailwerk"),
    },
    "job_title": {
        "en": (
            "jobtitle", "businesstitle", "positiontitle", "position", "jobname", "role",
            "designation", "jobprofile", "job", "title",
        ),
        "de": (
            "stellenbezeichnung", "berufsbezeichnung", "positionsbezeichnung", "stelle",
            "funktion", "taetigkeit",
        ),
        "it": ("mansione", "qualifica", "ruolo", "posizione", "titololavoro", "incarico"),
        "nl": ("functie", "functienaam", "functietitel", "functieomschrijving", "rol"),
    },
    "department": {
        "en": (
            "department", "departmentname", "dept", "deptname", "orgunit", "organizationalunit",
            "organisationalunit", "businessunit", "division",
        ),
        "de": ("abteilung", "abteilungsname", "organisationseinheit", "orgeinheit", "bereich"),
        "it": ("reparto", "dipartimento", "ufficio", "unitaorganizzativa", "direzione", "area"),
        "nl": ("afdeling", "afdelingsnaam", "organisatieeenheid", "organisatorischeeenheid"),
    },
    "location": {
        "en": (
            "worklocation", "location", "locationname", "office", "officelocation", "worksite",
            "site", "city", "workcity", "state", "workstate", "country",
        ),
        "de": ("standort", "arbeitsort", "dienstort", "niederlassung", "einsatzort"),
        "it": ("sede", "sededilavoro", "luogodilavoro", "sedelavoro", "filiale"),
        "nl": ("standplaats", "locatie", "werklocatie", "vestiging", "werkplek"),
    },
    "status": {
        "en": (
            "employmentstatus", "employeestatus", "empstatus", "workerstatus", "personstatus",
            "status",
        ),
        "de": (
            "beschaeftigungsstatus", "mitarbeiterstatus", "personalstatus", "statusmitarbeiter",
        ),
        "it": ("stato", "statodipendente", "statorapporto", "statodelrapporto", "situazione"),
        "nl": ("dienstverbandstatus", "medewerkerstatus", "statusmedewerker"),
    },
    "hired_on": {
        "en": (
            "hiredate", "dateofhire", "datehired", "originalhiredate", "startdate", "joindate",
            "joiningdate", "dateofjoining", "employmentstartdate", "datestarted", "hired",
            "lasthiredate",
        ),
        "de": ("eintrittsdatum", "eintritt", "eintrittam", "einstellungsdatum", "beschaeftigtseit"),
        "it": ("dataassunzione", "datadiassunzione", "assuntoil", "datainizio", "inizio"),
        "nl": ("datumindienst", "indienst", "indiensttreding", "datumindiensttreding",
               "indienstdatum", "startdatum", "begindatum"),
    },
    "left_on": {
        "en": (
            "terminationdate", "dateoftermination", "termdate", "dateterminated", "enddate",
            "leavingdate", "leavedate", "exitdate", "dateofleaving", "lastday", "lastworkingday",
            "lastdayofwork", "employmentenddate", "separationdate",
        ),
        "de": ("austrittsdatum", "austritt", "austrittam", "letzterarbeitstag", "kuendigungzum"),
        "it": (
            "datacessazione", "datadicessazione", "cessazione", "datafine", "datadimissioni",
            "datafinerapporto", "cessatoil",
        ),
        "nl": ("datumuitdienst", "uitdienst", "uitdiensttreding", "datumuitdiensttreding",
               "uitdienstdatum", "einddatum"),
    },
    "manager_name": {
        "en": (
            "managername", "linemanager", "linemanagername", "supervisorname", "reportsto",
            "reportstoname", "directmanager", "manager", "supervisor", "bossname",
        ),
        "de": (
            "vorgesetzter", "vorgesetzte", "vorgesetzternname", "namevorgesetzter",
            "direktervorgesetzter", "fuehrungskraft", "disziplinarischervorgesetzter",
        ),
        "it": (
            "responsabile", "responsabilediretto", "nomeresponsabile", "superiore",
            "superiorediretto",
        ),
        "nl": (
            "leidinggevende", "naamleidinggevende", "directleidinggevende",
            "directeleidinggevende",
        ),
    },
    "manager_email": {
        "en": ("manageremail", "supervisoremail", "manageremailaddress", "linemanageremail",
               "reportstoemail"),
        "de": ("emailvorgesetzter", "vorgesetzteremail", "emailfuehrungskraft"),
        "it": ("emailresponsabile", "mailresponsabile"),
        "nl": ("emailleidinggevende", "leidinggevendeemail"),
    },
    "manager_external_id": {
        "en": (
            "manageremployeeid", "managerempid", "managerid", "managernumber", "supervisorid",
            "supervisoremployeeid", "reportstoid", "linemanagerid", "supervisornumber",
        ),
        "de": (
            "personalnummervorgesetzter", "vorgesetztenid", "vorgesetzternr", "vorgesetzterid",
            "personalnrvorgesetzter",
        ),
        "it": ("matricolaresponsabile", "idresponsabile", "codiceresponsabile"),
        "nl": (
            "personeelsnummerleidinggevende", "leidinggevendeid", "idleidinggevende",
            "nummerleidinggevende",
        ),
    },
    "employment_type": {
        "en": (
            "employmenttype", "employeetype", "workertype", "contracttype", "emptype",
            "employmentcategory", "typeofemployment",
        ),
        "de": ("beschaeftigungsart", "vertragsart", "anstellungsart", "beschaeftigungsverhaeltnis"),
        "it": ("tipocontratto", "tipodicontratto", "tipologiacontratto", "tipodipendente"),
        "nl": ("contracttype", "soortdienstverband", "contractvorm", "dienstverband",
               "soortcontract"),
    },
}  # fmt: skip

# The only columns ever proposed as attributes: nothing here says anything about a private life.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "recruitment_source": ("recruitmentsource", "hiringsource", "sourceofhire"),
    "cost_center": (
        "costcenter", "costcentre", "costcenterid", "kostenstelle", "centrodicosto",
        "centrocosto", "kostenplaats",
    ),
    "legal_entity": (
        "legalentity", "company", "companyname", "gesellschaft", "firma", "societa", "azienda",
        "bedrijf", "entiteit",
    ),
    "business_unit": ("businessunit", "geschaeftsbereich", "unitadibusiness"),
    "division": ("division", "sparte", "divisione", "divisie"),
    "job_family": ("jobfamily", "jobgroup", "funktionsgruppe", "famigliaprofessionale",
                   "functiegroep", "functiefamilie"),
    "job_level": ("joblevel", "careerlevel", "joblevelname", "karrierestufe", "livellocarriera",
                  "functieniveau"),
}  # fmt: skip

# Said of a header that holds one of these words, or one of these stems anywhere.
SENSITIVE_WORDS = frozenset(
    {
        *("dob", "birth", "birthday", "birthdate", "age", "gender", "sex", "pronouns", "race"),
        *("religion", "faith", "married", "spouse", "children", "citizen", "visa", "latino"),
        *("salary", "pay", "wage", "wages", "bonus", "compensation", "rate", "earnings", "income"),
        *("health", "sick", "illness", "medical", "disabled", "zip", "zipcode", "postcode"),
        *("address", "street", "phone", "mobile", "ssn", "passport", "tax", "iban", "bank"),
        *("absence", "absences", "lgbt", "lgbtq", "union", "veteran", "privateemail", "reason"),
        *("alter", "rasse", "lohn", "plz", "krank", "kinder", "adresse", "strasse", "iban"),
        *("eta", "sesso", "genere", "razza", "paga", "cap", "figli", "indirizzo", "ral"),
        *("leeftijd", "ras", "loon", "adres", "straat", "kinderen", "ziek", "bsn"),
    }
)
SENSITIVE_STEMS = (
    *("dateofbirth", "birthdate", "ethnic", "hispanic", "racedesc", "religio", "marital"),
    *("citizen", "nationalit", "salary", "compensation", "disabilit", "postalcode", "zipcode"),
    *("socialsecurity", "taxid", "diversity", "pregnan", "sexual", "gender", "homeaddress"),
    *("geburt", "geschlecht", "herkunft", "konfession", "familienstand", "staatsangeh"),
    *("gehalt", "verguetung", "behinder", "gesundheit", "krankheit", "postleitzahl"),
    *("sozialversicherung", "steuer", "bankverbindung", "kirchensteuer", "privatadresse"),
    *("nascita", "etnia", "religione", "statocivile", "cittadinanza", "nazionalita", "stipendio"),
    *("retribuzione", "invalidit", "malattia", "codicefiscale", "salute", "disabil"),
    *("geboorte", "geslacht", "etniciteit", "afkomst", "godsdienst", "burgerlijke", "nationalit"),
    *("salaris", "gezondheid", "ziekte", "beperking", "huisadres", "burgerservice"),
)

# What a status word holds decides its meaning, in this order: 'inactive' holds 'active'.
STATUS_STEMS: tuple[tuple[Status, tuple[str, ...]], ...] = (
    (
        "on_leave",
        (
            "leave", "loa", "sabbatical", "parental", "maternity", "paternity", "furlough",
            "elternzeit", "mutterschutz", "beurlaubt", "freistellung", "ruhend", "karenz",
            "aspettativa", "congedo", "maternita", "sospeso", "verlof", "nonactief",
        ),
    ),
    (
        "left",
        (
            "terminat", "inactive", "former", "resign", "retire", "dismiss", "separated", "quit",
            "deceased", "exited", "leaver", "left", "nolonger",
            "inaktiv", "ausgeschieden", "gekuendigt", "ausgetreten", "ehemalig", "pensioniert",
            "cessat", "dimess", "licenziat", "pensionat", "inattiv", "nonattivo", "uscito",
            "uitdienst", "inactief", "vertrokken", "ontslagen", "gepensioneerd",
        ),
    ),
    (
        "active",
        (
            "active", "aktiv", "employed", "current", "working", "probation", "fulltime",
            "parttime", "futurestart", "hired", "beschaeftigt", "probezeit", "angestellt",
            "attiv", "inforza", "inservizio", "inprova", "assunt", "actief", "indienst",
            "proeftijd", "werkzaam",
        ),
    ),
)  # fmt: skip
EXACT_STATUS: dict[str, Status] = {"a": "active", "i": "left", "t": "left", "l": "on_leave"}

LAST_NAME_FIRST = frozenset(
    {
        "lastnamefirstname", "lastfirst", "namevorname", "nachnamevorname", "cognomenome",
        "cognomeenome", "nominativo", "achternaamvoornaam",
    }
)  # fmt: skip
