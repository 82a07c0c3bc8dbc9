"""The little English that the coach knows: short lists of words, and where they stand."""

from __future__ import annotations

import re
from functools import lru_cache


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


PROJECT_VERBS = _listed(
    "automate build complete conduct configure create define deploy develop draft establish "
    "execute finish fix hire host implement install integrate introduce launch migrate onboard "
    "organise organize overhaul prepare publish recruit redesign relaunch release renegotiate "
    "replace rewrite roll rollout set ship train upgrade building creating deploying developing "
    "implementing installing introducing launching migrating redesigning rolling upgrading"
)
"""What people do to a thing until it is done."""

PARTICLES = {"roll": "out", "rolling": "out", "set": "up"}
"""Verbs that mean a project only together with a second word."""

NOUNS_TOO = _listed("draft host launch release train upgrade")
"""Verbs that may as well be something else: only what follows them tells."""

BEFORE_AN_OBJECT = _listed("a all an another both every her his its new our the their this your")
"""What may stand between a verb and the thing it is done to."""

COUNTED_VERBS = _listed(
    "attend call contact email hold interview meet perform post present produce run send visit "
    "write"
)
"""What people do many times over; with a number or an activity it is effort."""

NUMBERS = _listed("two three four five six seven eight nine ten twelve twenty")

PROJECT_NOUNS = _listed(
    "completion creation deployment development implementation installation integration "
    "introduction launch migration redesign relaunch release roll-out rollout set-up setup "
    "upgrade"
)

QUALITIES = _listed(
    "belonging calm community confidence culture delight experience experiences friendship "
    "friendships habit habits happiness home joy love loyalty momentum place pride quality "
    "relationship relationships reputation sense trust value"
)
"""What one may build or create and still mean an outcome."""

ACTIVITIES = _listed(
    "ads adverts articles audits blogposts briefings calls campaigns classes courses dashboards "
    "demos documents emails e-mails experiments guides interviews mailings meetings meetups "
    "newsletters playbooks podcasts posts presentations prototypes seminars sprints studies "
    "surveys templates trainings tutorials videos webinars workshops"
)
"""What a team makes or holds; a number of them is effort."""

ONLY_IF_DONE = _listed("events features releases reports reviews sessions visits")
"""What others may make or hold as well."""

DONE = _listed(
    "attended built carried completed conducted created delivered done given held hosted launched "
    "made organised organized performed posted prepared produced published recorded released run "
    "sent shipped written"
)

THEN_STILL_EFFORT = _listed("a about each every for per this to with")
"""What may follow an activity without making it an outcome."""

TIMES = _listed("cycle day month quarter week year")

CLAUSES = _listed("that where which who whom whose")
"""With these begins what an activity leads to."""

PREPOSITIONS = _listed(
    "about after at before between by during for from in into of on per since than through to "
    "until with within without"
)

GROWTH = _listed(
    "arr bookings business buyers clients contracts customers deals downloads income leads members "
    "mrr orders pipeline registrations revenue sales shops sign-ups signups stores subscribers "
    "trials turnover users visitors volume"
)
"""What there can be more of at the cost of something else."""

GROWING = _listed("double expand grow growing growth scale triple")

HOLLOW = _listed(
    "amazing awesome best best-in-class brilliance brilliant champion champions class "
    "customer-centric cutting-edge digital digitalisation drive efficiency efficient elevate "
    "empower excel excellence excellent extraordinary first-class future great greatness growth "
    "improve innovate innovation innovative leader leaders leadership leading maximise maximize "
    "next-level optimise optimize outstanding performance premier quality raise revolution "
    "revolutionise strategic strive succeed success successful superior synergies synergy "
    "top-notch transform transformation transformative ultimate unleash win winning world-class "
    "transcend number-one"
)
"""Words that every team could say of everything."""

GENERIC = _listed(
    "across always bar become better business career company continue deliver department do ensure "
    "every everything everywhere focus function further game go group hr human in industry keep "
    "level make market marketing match more new next number one operation operational operations "
    "organisation organization people push process processes procurement product products really "
    "resources sales service services set step strive support team teams technical truly "
    "up work"
)
"""Words that say nothing about what would be different."""

FILLERS = _listed(
    "a an and are as at be by for from has have in into is it its of on or our so than that the "
    "their them they this to us very we who with you your"
)

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d.,]*")


def words(text: str) -> list[str]:
    """Return the words and numbers of a text, in small letters."""
    return [word.lower() for word in WORD.findall(text)]


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """Return what a name is about: its words without fillers, hyphens and plurals."""
    pieces = [piece for word in words(text) for piece in word.split("-")]
    return frozenset(_singular(piece) for piece in pieces if piece not in FILLERS)


def asks(text: str) -> bool:
    """Tell whether a text asks to do something: a verb, and the thing that it is done to."""
    written = WORD.findall(text)
    if written[:1] and written[0].lower() == "to":
        written = written[1:]
    verb, follows = (written[0].lower(), written[1]) if len(written) > 1 else ("", "")
    if verb in PARTICLES:
        return follows.lower() == PARTICLES[verb]
    # “Ship the app” has an object, “Ship with confidence” has none.
    if verb not in PROJECT_VERBS or follows.lower() in PREPOSITIONS:
        return False
    # A name is an object too: “Launch Fieldbook”, but “Launch days feel like any other”.
    is_object = follows.lower() in BEFORE_AN_OBJECT or follows[0].isupper() or is_number(follows)
    return is_object or verb not in NOUNS_TOO


def asks_often(text: str) -> bool:
    """Tell whether a text asks to do something many times: calls, posts, a survey."""
    said = words(text)
    if said[:1] == ["to"]:
        said = said[1:]
    if len(said) < 2 or said[0] not in COUNTED_VERBS:
        return False
    activities = {_singular(activity) for activity in ACTIVITIES | ONLY_IF_DONE}
    return is_number(said[1]) or any(_singular(word) in activities for word in head(said)[1:])


def names_a_project(text: str) -> bool:
    """Tell whether a text is a project by its name: “Migration of the warehouse”."""
    said = words(text)
    return said[1:2] in (["of"], ["to"]) and said[0] in PROJECT_NOUNS


def is_number(word: str) -> bool:
    """Tell whether a word is a number, in figures or in letters."""
    return word[0].isdigit() or word.lower() in NUMBERS


def head(said: list[str]) -> list[str]:
    """Return the words of a name up to where a clause or a preposition begins."""
    ends = (at for at, word in enumerate(said) if word in CLAUSES or word in PREPOSITIONS)
    return said[: next(ends, len(said))]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
