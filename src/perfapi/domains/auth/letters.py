"""What letters about accounts say, in the four languages."""

from dataclasses import dataclass
from typing import Final

from perfapi.adapters.mail import Action, Letter


@dataclass(frozen=True, slots=True)
class Addressee:
    name: str
    given_name: str


@dataclass(frozen=True, slots=True)
class _Words:
    greeting: str
    greeting_of_nobody: str
    invited: str
    invitation: tuple[str, str, str]
    """Why it comes, what the button says, and what else there is to know."""
    asked: str
    reset: tuple[str, str, str]
    changed: str
    change: tuple[str, str]


_EN: Final = _Words(
    greeting="Hello {name},",
    greeting_of_nobody="Hello,",
    invited="Your access to perfapi at {organization}",
    invitation=(
        "{inviter} invites you to perfapi, where {organization} keeps its goals and talks about "
        "how work is going. Choose a password, and you are in.",
        "Choose a password",
        "The link works once, until a week from the invitation. If you did not expect this "
        "letter, you need not do anything.",
    ),
    asked="A new password for perfapi",
    reset=(
        "Somebody, probably you, asked for a new password for your account at perfapi.",
        "Choose a new password",
        "The link works once, for one hour. If it was not you, you need not do anything: your "
        "password stays as it is.",
    ),
    changed="Your password for perfapi was changed",
    change=(
        "The password of your account at perfapi was changed a moment ago, and other devices "
        "were signed out. If that was you, all is well.",
        'If it was not you, choose "Forgot your password?" on the sign-in page at once, and tell '
        "your administrator: {origin}",
    ),
)

_DE: Final = _Words(
    greeting="Hallo {name},",
    greeting_of_nobody="Hallo,",
    invited="Dein Zugang zu perfapi bei {organization}",
    invitation=(
        "{inviter} lädt dich zu perfapi ein. Dort pflegt {organization} die Ziele und spricht "
        "darüber, wie die Arbeit vorangeht. Leg ein Passwort fest, dann bist du dabei.",
        "Passwort festlegen",
        "Der Link gilt einmal, bis eine Woche nach der Einladung. Wenn du diesen Brief nicht "
        "erwartet hast, musst du nichts tun.",
    ),
    asked="Ein neues Passwort für perfapi",
    reset=(
        "Jemand, wahrscheinlich du selbst, hat ein neues Passwort für dein Konto bei perfapi "
        "angefordert.",
        "Neues Passwort festlegen",
        "Der Link gilt einmal, eine Stunde lang. Wenn du das nicht warst, musst du nichts tun: "
        "Dein Passwort bleibt, wie es ist.",
    ),
    changed="Dein Passwort für perfapi wurde geändert",
    change=(
        "Das Passwort deines Kontos bei perfapi wurde soeben geändert, andere Geräte wurden "
        "abgemeldet. Wenn du das warst, ist alles in Ordnung.",
        "Wenn du es nicht warst, wähle gleich „Passwort vergessen?“ auf der Anmeldeseite, und sag "
        "deiner Administration Bescheid: {origin}",
    ),
)

_IT: Final = _Words(
    greeting="Ciao {name},",
    greeting_of_nobody="Ciao,",
    invited="Il tuo accesso a perfapi presso {organization}",
    invitation=(
        "{inviter} ti invita su perfapi, dove {organization} segue i propri obiettivi e parla di "
        "come procede il lavoro. Scegli una password e potrai entrare.",
        "Scegli una password",
        "Il link vale una volta sola, fino a una settimana dall'invito. Se non aspettavi questa "
        "lettera, non devi fare nulla.",
    ),
    asked="Una nuova password per perfapi",
    reset=(
        "Qualcuno, probabilmente tu, ha chiesto una nuova password per il tuo account di perfapi.",
        "Scegli una nuova password",
        "Il link vale una volta sola, per un'ora. Se la richiesta non viene da te, non devi fare "
        "nulla: la tua password resta com'è.",
    ),
    changed="La tua password di perfapi è stata cambiata",
    change=(
        "La password del tuo account di perfapi è stata cambiata poco fa e la sessione sugli altri "
        "dispositivi è terminata. Se la modifica viene da te, è tutto a posto.",
        "Se non viene da te, scegli subito «Password dimenticata?» nella pagina di accesso e "
        "avvisa chi amministra perfapi: {origin}",
    ),
)

_NL: Final = _Words(
    greeting="Hallo {name},",
    greeting_of_nobody="Hallo,",
    invited="Jouw toegang tot perfapi bij {organization}",
    invitation=(
        "{inviter} nodigt je uit voor perfapi. Daar houdt {organization} de doelen bij en praten "
        "mensen over hoe het werk gaat. Kies een wachtwoord en je kunt beginnen.",
        "Wachtwoord kiezen",
        "De link werkt één keer, tot een week na de uitnodiging. Had je deze brief niet verwacht, "
        "dan hoef je niets te doen.",
    ),
    asked="Een nieuw wachtwoord voor perfapi",
    reset=(
        "Iemand, waarschijnlijk jijzelf, heeft een nieuw wachtwoord voor je account bij perfapi "
        "aangevraagd.",
        "Nieuw wachtwoord kiezen",
        "De link werkt één keer, een uur lang. Was jij het niet, dan hoef je niets te doen: je "
        "wachtwoord blijft zoals het is.",
    ),
    changed="Je wachtwoord voor perfapi is gewijzigd",
    change=(
        "Het wachtwoord van je account bij perfapi is zojuist gewijzigd en andere apparaten zijn "
        "afgemeld. Was jij dat, dan is alles in orde.",
        "Was jij het niet, kies dan meteen „Wachtwoord vergeten?” op de aanmeldpagina en laat het "
        "je beheerder weten: {origin}",
    ),
)

_WORDS: Final = {"en": _EN, "de": _DE, "it": _IT, "nl": _NL}


def invitation(
    language: str, *, to: str, name: str, given_name: str, inviter: str, organization: str, url: str
) -> Letter:
    words = _WORDS[language]
    why, label, note = words.invitation
    return Letter(
        to=to,
        name=name,
        language=language,
        subject=words.invited.format(organization=organization),
        greeting=words.greeting.format(name=given_name),
        paragraphs=(why.format(inviter=inviter, organization=organization), note),
        action=Action(label, url),
    )


def password_reset(language: str, *, to: str, addressee: Addressee | None, url: str) -> Letter:
    words = _WORDS[language]
    why, label, note = words.reset
    return Letter(
        to=to,
        name=addressee.name if addressee else "",
        language=language,
        subject=words.asked,
        greeting=_greeting(words, addressee),
        paragraphs=(why, note),
        action=Action(label, url),
    )


def password_changed(language: str, *, to: str, addressee: Addressee | None, origin: str) -> Letter:
    words = _WORDS[language]
    all_well, what_else = words.change
    return Letter(
        to=to,
        name=addressee.name if addressee else "",
        language=language,
        subject=words.changed,
        greeting=_greeting(words, addressee),
        paragraphs=(all_well, what_else.format(origin=origin)),
    )


def _greeting(words: _Words, addressee: Addressee | None) -> str:
    if addressee is None:
        return words.greeting_of_nobody
    return words.greeting.format(name=addressee.given_name)
