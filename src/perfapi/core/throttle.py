"""How guessing is slowed down: of passwords, of one-time codes, of whatever opens a door."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from .ratelimit import Bucket, Limiter, Policy, Taken


class GuessThrottle:
    """Slows down who guesses a secret, more with every guess, and nobody else.

    Guesses at one account are counted per network, so that strangers elsewhere cannot keep its
    owner out; and all guesses of a network together, which is what trying one password with many
    accounts runs into. No delay is longer than five minutes, and success clears the account.
    """

    def __init__(self, limiter: Limiter, name: str = "sign-in") -> None:
        self._limiter = limiter
        # Who tries as often as allowed waits 12 seconds after 5 guesses, then 1, then 5 minutes.
        self._of_account = [
            Policy(f"{name}-{limit}", limit, window, is_strict=True)
            for limit, window in ((5, 60), (10, 600), (20, 6000))
        ]
        self._of_network = Policy(f"{name}-network", 60, 600, is_strict=True)

    async def attempt(self, account: str, address: str) -> Taken:
        """Before the secret is looked at: counts as a wrong one until it `succeeded`."""
        return await self._limiter.take_all(
            [*self._account(account, address), self._network(address)]
        )

    async def succeeded(self, account: str, address: str) -> None:
        """After an attempt that was allowed, and right."""
        await self._limiter.give_back(self._account(account, address))
        await self._limiter.give_back([self._network(address)], 1)

    def _account(self, account: str, address: str) -> list[Bucket]:
        key = f"{network_of(address)} {account.strip().casefold()}"
        return [(key, policy) for policy in self._of_account]

    def _network(self, address: str) -> Bucket:
        return network_of(address), self._of_network


def network_of(address: str) -> str:
    """Whom an address belongs to, as far as it tells: of IPv6, customers are given a /56."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(IPv6Address(int(found) >> 72 << 72)) + "/56"
        found = found.ipv4_mapped
    return str(found)
