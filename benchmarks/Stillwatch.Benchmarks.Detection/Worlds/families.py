"""Further families of campaigns for the composer: every account gets topics of its own.

The work list stays what it is; only who gets which item changes. Each seat takes a neighbourhood: it starts at an item and takes those that
share the most, and the rarest, words with it and with what it has taken. Costs the operator nothing but a sort. Loaded with `compose.py --families`.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict

from composer.campaign.family import Campaign, family
from composer.campaign.schedule import Seat
from composer.campaign.work import Assignment
from composer.streams import stream

_WORD = re.compile(r"[a-z]{4,}")
_LONGEST_POSTING = 400


class Specialists(Campaign):
    """A campaign whose seats get neighbouring items, as far as `depth` says: the share of a seat's items that is chosen by topic."""

    depth = 1.0

    def assignment(self, campaign: str, seats: list[Seat]) -> Assignment:
        made = super().assignment(campaign, seats)
        rng = stream(self.world.seed, "specialists", campaign)
        items = 1 + max((job.item for seat in seats for job in seat.jobs), default=0)
        texts = [set(_WORD.findall(made.item(number).lower())) for number in range(items)]
        order = _by_seat(rng, texts, _owners(seats), self.depth)
        places = made._list._places
        made._list._places = [places[order.get(number, number)] for number in range(len(places))]
        return made


def _owners(seats: list[Seat]) -> list[list[int]]:
    """Each seat's items; a repeated item belongs to the seat that is named first."""
    seen: set[int] = set()
    owned = []
    for seat in seats:
        own = [item for item in dict.fromkeys(job.item for job in seat.jobs) if item not in seen]
        seen.update(own)
        owned.append(own)
    return owned


def _by_seat(rng: random.Random, texts: list[set[str]], owned: list[list[int]], depth: float) -> dict[int, int]:
    """Which text each item number gets: a permutation of the numbers that the seats own."""
    postings = defaultdict(list)
    for number, words in enumerate(texts):
        for word in sorted(words):
            postings[word].append(number)
    left = dict.fromkeys(sorted(item for own in owned for item in own))
    order: dict[int, int] = {}
    for own in rng.sample(owned, len(owned)):
        chosen = _neighbourhood(rng, texts, postings, left, round(len(own) * depth))
        order |= dict(zip(own, chosen))
    rest = list(left)
    rng.shuffle(rest)
    missing = [item for own in owned for item in own if item not in order]
    return order | dict(zip(missing, rest))


def _neighbourhood(rng: random.Random, texts, postings, left: dict[int, None], wanted: int) -> list[int]:
    """Takes the wanted number of texts that are left: a random one and those that share the most with what was taken before."""
    chosen: list[int] = []
    topic: Counter[str] = Counter()
    while len(chosen) < wanted and left:
        if not chosen:
            best = [rng.choice(list(left))]
        else:
            best = _nearest(texts, postings, left, topic, max(1, min(wanted - len(chosen), len(chosen))))
            best = best or [rng.choice(list(left))]
        for number in best:
            del left[number]
            chosen.append(number)
            topic.update(texts[number])
    return chosen


def _nearest(texts, postings, left: dict[int, None], topic: Counter[str], count: int) -> list[int]:
    scores: Counter[int] = Counter()
    for word, times in topic.items():
        found = postings[word]
        if len(found) <= _LONGEST_POSTING:
            weight = math.log(1 + times) * math.log(len(texts) / len(found))
            for number in found:
                if number in left:
                    scores[number] += weight / math.sqrt(1 + len(texts[number]))
    return sorted(scores, key=lambda number: (-scores[number], number))[:count]


@family("specialists", network="hosting")
class WholeSpecialists(Specialists):
    """All of a seat's items are of its topics."""


@family("half_specialists", network="hosting")
class HalfSpecialists(Specialists):
    """Half of them."""

    depth = 0.5


@family("quarter_specialists", network="hosting")
class QuarterSpecialists(Specialists):
    """A quarter of them."""

    depth = 0.25
