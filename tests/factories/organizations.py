from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.organizations.service import found_organization


async def an_organization(
    session: AsyncSession, name: str = "Acme", *, time_zone: str = "UTC"
) -> UUID:
    """Founds an organization and enters it."""
    slug = f"{name.lower()}-{uuid4().hex[:8]}"
    return await found_organization(session, name=name, slug=slug, time_zone=time_zone)
