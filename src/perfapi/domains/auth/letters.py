"""What letters about accounts say, in the four languages."""

from dataclasses import dataclass
from typing import Final

from perfapi.adapters.mail import Action, Letter


@dataclass(frozen=True, slots=True)
class _Words:
    greeting: str
    invited: str
    invitation: tuple[str, str, str]
    """Why it comes, what the button says, and what else there is to know."""
    asked: str
    reset: tuple[str, str, str]
    changed: str
    change: tuple[str, str]


_EN: Final = _Words(
    greeting="Hello {name},",
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
    greeting="Guten Tag {name},",
    invited="Ihr Zugang zu perfapi bei {organization}",
    invitation=(
        "{inviter} lädt Sie zu perfapi ein. Dort pflegt {organization} seine Ziele und spricht "
        "darüber, wie die Arbeit vorangeht. Legen Sie ein Passwort fest, dann sind Sie dabei.",
        "Passwort festlegen",
        "Der Link gilt einmal, bis eine Woche nach der Einladung. Wenn Sie diesen Brief nicht "
        "erwartet haben, müssen Sie nichts tun.",
    ),
    asked="Ein neues Passwort für perfapi",
    reset=(
        "Jemand, wahrscheinlich Sie selbst, hat ein neues Passwort für Ihr Konto bei perfapi "
        "angefordert.",
        "Neues Passwort festlegen",
        "Der Link gilt einmal, eine Stunde lang. Wenn Sie das nicht waren, müssen Sie nichts tun: "
        "Ihr Passwort bleibt, wie es ist.",
    ),
    changed="Ihr Passwort für perfapi wurde geändert",
    change=(
        "Das Passwort Ihres Kontos bei perfapi wurde soeben geändert, andere Geräte wurden "
        "abgemeldet. Wenn Sie das waren, ist alles in Ordnung.",
        "Wenn Sie es nicht waren, wählen Sie gleich „Passwort vergessen?“ auf der "
        "Anmeldeseite, und sagen Sie Ihrer Administration Bescheid: {origin}",
    ),
)

_IT: Final = _Words(
    greeting="Buongiorno {name},",
    invited="Il suo accesso a perfapi presso {organization}",
    invitation=(
        "{inviter} la invita su perfapi, dove {organization} segue i propri obiettivi e parla di "
        "come procede il lavoro. Scelga una password e potrà entrare.",
        "Scegliere una password",
        "Il link vale una volta sola, fino a una settimana dall'invito. Se non aspettava questa "
        "lettera, non deve fare nulla.",
    ),
    asked="Una nuova password per perfapi",
    reset=(
        "Qualcuno, probabilmente lei, ha chiesto una nuova password per il suo account di perfapi.",
        "Scegliere una nuova password",
        "Il link vale una volta sola, per un'ora. Se la richiesta non viene da lei, non deve "
        "fare nulla: la sua password resta com'è.",
    ),
    changed="La sua password di perfapi è stata cambiata",
    change=(
        "La password del suo account di perfapi è stata cambiata poco fa e gli altri dispositivi "
        "sono stati disconnessi. Se la modifica viene da lei, è tutto a posto.",
        "Se non viene da lei, scelga subito «Password dimenticata?» nella pagina di accesso e "
        "avvisi chi amministra perfapi: {origin}",
    ),
)

_NL: Final = _Words(
    greeting="Hallo {name},",
    invited="Uw toegang tot perfapi bij {organization}",
    invitation=(
        "{inviter} nodigt u uit voor perfapi. Daar houdt {organization} de doelen bij en praten "
        "mensen over hoe het werk gaat. Kies een wachtwoord en u kunt beginnen.",
        "Wachtwoord kiezen",
        "De link werkt één keer, tot een week na de uitnodiging. Had u deze brief niet verwacht, "
        "dan hoeft u niets te doen.",
    ),
    asked="Een nieuw wachtwoord voor perfapi",
    reset=(
        "Iemand, waarschijnlijk uzelf, heeft een nieuw wachtwoord voor uw account bij perfapi "
        "aangevraagd.",
        "Nieuw wachtwoord kiezen",
        "De link werkt één keer, een uur lang. Was u het niet, dan hoeft u niets te doen: uw "
        "wachtwoord blijft zoals het is.",
    ),
    changed="Uw wachtwoord voor perfapi is gewijzigd",
    change=(
        "Het wachtwoord van uw account bij perfapi is zojuist gewijzigd en andere apparaten zijn "
        "afgemeld. Was u dat, dan is alles in orde.",
        "Was u het niet, kies dan meteen „Wachtwoord vergeten?“ op de aanmeldpagina en laat het "
        "uw beheerder weten: {origin}",
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


def password_reset(language: str, *, to: str, name: str, given_name: str, url: str) -> Letter:
    words = _WORDS[language]
    why, label, note = words.reset
    return Letter(
        to=to,
        name=name,
        language=language,
        subject=words.asked,
        greeting=words.greeting.format(name=given_name),
        paragraphs=(why, note),
        action=Action(label, url),
    )


def password_changed(language: str, *, to: str, name: str, given_name: str, origin: str) -> Letter:
    words = _WORDS[language]
    all_well, what_else = words.change
    return Letter(
        to=to,
        name=name,
        language=language,
        subject=words.changed,
        greeting=words.greeting.format(name=given_name),
        paragraphs=(all_well, what_else.format(origin=origin)),
    )
