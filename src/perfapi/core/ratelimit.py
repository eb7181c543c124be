"""How often somebody may do something: token buckets in Valkey, or in the process without it."""

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

_SECOND: Final = 1_000_000
"""Buckets count whole microseconds: no rounding piles up, in Lua or here."""
_BUCKETS: Final = 10_000
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 15.0

_log = logging.getLogger(__name__)

# A bucket is one instant, the one at which it will be full again. A debt is the time until then:
# 0 is a full bucket, the window an empty one. All buckets of a request are charged, or none is.
_SCRIPT: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local debts, refused = {}, 0
for i, key in ipairs(KEYS) do
  local window, price = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local full_at = tonumber(redis.call('GET', key) or now) or now
  debts[i] = math.min(math.max(full_at - now, 0), window)
  if debts[i] + price > window then refused = 1 end
end
if refused == 0 then
  for i, key in ipairs(KEYS) do
    debts[i] = math.max(debts[i] + tonumber(ARGV[2 * i]), 0)
    if debts[i] > 0 then
      redis.call('SET', key, string.format('%.0f', now + debts[i]),
                 'PX', math.ceil(debts[i] / 1000))
    else
      redis.call('DEL', key)
    end
  end
end
return {refused, unpack(debts)}
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """`limit` times per `window` (seconds): at once if you like, coming back evenly."""

    name: str
    limit: int
    window: int
    is_strict: bool = False
    """Counted in the process as well, at all times: without Valkey nobody starts afresh."""

    def __post_init__(self) -> None:
        if self.limit < 1 or self.window < 1:
            raise ValueError(f"the policy {self.name} allows nothing")


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether it may be done, and what remains. Times are whole seconds, rounded up."""

    policy: Policy
    allowed: bool
    remaining: int
    reset_after: int
    """Until everything is there again."""
    retry_after: int
    """Until the same may be tried again; 0 if it was allowed."""

    @property
    def limit(self) -> int:
        return self.policy.limit

    def headers(self) -> dict[str, str]:
        """`RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10)."""
        name, policy = self.policy.name, self.policy
        fields = {
            "RateLimit-Policy": f'"{name}";q={policy.limit};w={policy.window}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.reset_after}',
        }
        if not self.allowed:
            fields["Retry-After"] = str(self.retry_after)
        return fields


@dataclass(frozen=True, slots=True)
class _Step:
    """What one bucket is charged; a negative price gives back."""

    policy: Policy
    key: str
    price: int

    @property
    def window(self) -> int:
        return self.policy.window * _SECOND


Bucket = tuple[str, Policy]
"""Whose bucket, of which policy."""


class Limiter:
    """Never fails: without Valkey, or when it is slow, buckets in this process decide."""

    def __init__(
        self,
        url: str,
        *,
        patience: float = 0.05,
        connections: int = 16,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._patience = patience
        self._clock = clock
        self._client: Redis = Redis.from_url(
            url, max_connections=connections, lib_name=None, lib_version=None
        )
        self._script = self._client.register_script(_SCRIPT)
        self._slots = asyncio.Semaphore(connections)
        self._line = _Line(clock)
        # Apart, so that a flood of ordinary requests cannot push out who guesses passwords.
        self._ordinary, self._strict = _Buckets(), _Buckets()

    @property
    def is_degraded(self) -> bool:
        """Whether this process counts alone."""
        return self._line.is_down

    async def take(self, key: str, policy: Policy, cost: int = 1) -> Taken:
        return await self.take_all([(key, policy)], cost)

    async def take_all(self, buckets: Sequence[Bucket], cost: int = 1) -> Taken:
        """From every bucket, or from none; the answer is that of the tightest one."""
        if not 0 < cost <= min(policy.limit for _, policy in buckets):
            raise ValueError(f"a cost of {cost} is never or always allowed")
        steps = [_step(key, policy, cost) for key, policy in buckets]
        is_strict, now = _is_strict(buckets), self._now()
        refused, debts = False, list[int]()
        if is_strict:
            refused, debts = self._strict.charge(steps, now)
        if not refused:
            found = await self._in_valkey(steps)
            if found:
                refused, debts = found
                if refused and is_strict:
                    self._strict.charge([_returned(step) for step in steps], now)
            elif not is_strict:
                refused, debts = self._ordinary.charge(steps, now)
        return _tightest(steps, debts, refused=refused)

    async def give_back(self, buckets: Sequence[Bucket], cost: int | None = None) -> None:
        """As if it had not been taken; without a cost, the buckets are full again."""
        steps = [_step(key, policy, -(cost or policy.limit)) for key, policy in buckets]
        store = self._strict if _is_strict(buckets) else self._ordinary
        store.charge(steps, self._now())
        await self._in_valkey(steps)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _in_valkey(self, steps: Sequence[_Step]) -> tuple[bool, list[int]] | None:
        """None: it did not answer in time."""
        keys = [step.key for step in steps]
        arguments = [number for step in steps for number in (step.window, step.price)]
        try:
            await asyncio.wait_for(self._slots.acquire(), self._patience)
        except TimeoutError:
            return None  # too much at once here; that says nothing about Valkey
        try:
            return await self._ask(keys, arguments)
        finally:
            self._slots.release()

    async def _ask(self, keys: list[str], arguments: list[int]) -> tuple[bool, list[int]] | None:
        if not self._line.may_try():
            return None
        try:
            async with asyncio.timeout(self._patience):
                refused, *debts = await self._script(keys, arguments)
        except (RedisError, OSError, TimeoutError) as error:
            self._line.failed(error)
            return None
        finally:
            self._line.tried()
        self._line.worked()
        return bool(refused), debts

    def _now(self) -> int:
        return int(self._clock() * _SECOND)


class _Line:
    """Whether Valkey can be reached. While it cannot, one request at a time finds out, and
    less and less often, so that it is not met by all of us when it comes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pause = 0.0
        self._try_at = 0.0
        self._is_trying = False

    @property
    def is_down(self) -> bool:
        return self._pause > 0

    def may_try(self) -> bool:
        if self.is_down:
            if self._is_trying or self._clock() < self._try_at:
                return False
            self._is_trying = True
        return True

    def tried(self) -> None:
        self._is_trying = False

    def worked(self) -> None:
        if self.is_down:
            _log.warning("Valkey answers again: rates are counted together.")
        self._pause = 0.0

    def failed(self, error: Exception) -> None:
        now = self._clock()
        if self.is_down and now < self._try_at:
            return  # one of those that were under way when the first one failed
        if not self.is_down:
            _log.warning(
                "Valkey does not answer (%s): rates are counted alone.", type(error).__name__
            )
        self._pause = min(2 * self._pause or _FIRST_PAUSE, _LONGEST_PAUSE)
        self._try_at = now + self._pause


class _Buckets:
    """What the script does, in this process and for a bounded number of keys."""

    def __init__(self) -> None:
        self._full_at: OrderedDict[str, int] = OrderedDict()

    def charge(self, steps: Sequence[_Step], now: int) -> tuple[bool, list[int]]:
        debts = [max(self._full_at.get(step.key, now) - now, 0) for step in steps]
        if any(debt + step.price > step.window for step, debt in zip(steps, debts, strict=True)):
            for step in steps:  # who keeps knocking must not fall out of memory by it
                if step.key in self._full_at:
                    self._full_at.move_to_end(step.key)
            return True, debts
        debts = [max(debt + step.price, 0) for step, debt in zip(steps, debts, strict=True)]
        for step, debt in zip(steps, debts, strict=True):
            self._full_at.pop(step.key, None)
            if debt:
                self._full_at[step.key] = now + debt
        while len(self._full_at) > _BUCKETS:
            self._full_at.popitem(last=False)
        return False, debts


def _step(key: str, policy: Policy, cost: int) -> _Step:
    # Hashed: keys hold addresses of people, and whatever a client sends, of any length.
    digest = sha256(f"{policy.name}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()
    price = policy.window * _SECOND // policy.limit * cost
    return _Step(policy, f"ratelimit:{digest}", price)


def _is_strict(buckets: Sequence[Bucket]) -> bool:
    return any(policy.is_strict for _, policy in buckets)


def _returned(step: _Step) -> _Step:
    return _Step(step.policy, step.key, -step.price)


def _tightest(steps: Sequence[_Step], debts: Sequence[int], *, refused: bool) -> Taken:
    taken = [_taken(step, debt, refused=refused) for step, debt in zip(steps, debts, strict=True)]
    return max(taken, key=lambda one: (one.retry_after, -one.remaining / one.limit))


def _taken(step: _Step, debt: int, *, refused: bool) -> Taken:
    wait = max(debt + step.price - step.window, 0) if refused else 0
    return Taken(
        policy=step.policy,
        allowed=not refused,
        remaining=(step.window - debt) * step.policy.limit // step.window,
        reset_after=math.ceil(debt / _SECOND),
        retry_after=math.ceil(wait / _SECOND),
    )
