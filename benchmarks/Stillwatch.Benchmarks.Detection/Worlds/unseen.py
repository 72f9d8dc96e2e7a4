"""Families of campaigns that nobody saw while the detector was made: written after it, measured as they are.

`relay` hands conversations on: each further turn of an item comes from another account, hours later. `borrowed` pays people for the use of
their own accounts: everybody goes on with topics of their own, and works for the campaign on a few evenings. Loaded with
`compose.py --families`.
"""

from __future__ import annotations

import random

from composer.account import Behaviour
from composer.benign.chatter import Chatter
from composer.campaign import schedule
from composer.campaign.family import Campaign, family
from composer.campaign.fleet import Machine
from composer.campaign.schedule import Seat
from composer.clock import DAY, HOUR

_HOURS_TO_THE_NEXT_TURN = 6.0
_EVENINGS = (2, 5)
_EVENING_STARTS = (17.0, 21.0)
_EVENING_LASTS = 2.5
_OWN_SHARE = (0.3, 0.7)


@family("relay", network="residential", client="any", style="any", age="spread", balance="random", turns=3.0)
class Relay(Campaign):
    """Every turn of a conversation comes from another account."""

    def share_out(self, moments: list[list[int]], parts: list[int], zones: list[int]) -> list[Seat]:
        return schedule.relay(self.rng, moments, parts, zones, _HOURS_TO_THE_NEXT_TURN)


@family(
    "borrowed", network="residential", client="any", style="any", age="aged", balance="skewed", paraphrase=1, consumer_share=0.3,
    retry_elsewhere=0.0)
class Borrowed(Campaign):
    """People's own accounts, which work for the campaign on a few evenings."""

    def share_out(self, moments: list[list[int]], parts: list[int], zones: list[int]) -> list[Seat]:
        return super().share_out([self._evenings(zone, len(seat)) for seat, zone in zip(moments, zones)], parts, zones)

    def cover(self, rng: random.Random, machine: Machine, jobs: int) -> Behaviour | None:
        share = rng.uniform(*_OWN_SHARE)
        return Chatter(self.world, rng, max(1, round(jobs * share / (1.0 - share))), machine.home)

    def _evenings(self, zone: int, count: int) -> list[int]:
        """So many moments on a few evenings of the place."""
        rng, active = self.rng, self.active
        days = rng.sample(range(active.days), min(active.days, rng.randint(*_EVENINGS)))
        starts = [active.start + day * DAY + int((rng.uniform(*_EVENING_STARTS) - zone) * HOUR) for day in days]
        within = [rng.choice(starts) + int(rng.random() * _EVENING_LASTS * HOUR) for _ in range(count)]
        return sorted(min(max(moment, active.start), active.end - 1) for moment in within)
