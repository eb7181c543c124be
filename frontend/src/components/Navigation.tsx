import { Box, Group, NavLink, ScrollArea, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { type Place, placesOf } from './navigation'
import { PersonAvatar } from './PersonAvatar'
import classes from './Shell.module.css'

export function Brand() {
  return (
    <Group gap={10} px={8} py={6}>
      <img src="/favicon.svg" alt="" className={classes.mark} />
      <Text fw={690} fz={17} component="span">
        perfapi
      </Text>
    </Group>
  )
}

/** One's own feedback is a room of the place where praise is. */
const ROOMS: Partial<Record<Place['to'], string>> = { '/praise': '/feedback' }

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const here = useLocation({ select: ({ pathname }) => pathname })
  const isRoomOf = (to: Place['to']) => here.startsWith(ROOMS[to] ?? ' ')
  return (
    <>
      <ScrollArea component="nav" aria-label={t('nav.label')} flex={1} mt="sm">
        {placesOf(me).map(({ to, key, icon: Icon }) => (
          <NavLink
            key={to}
            active={isRoomOf(to)}
            className={classes.navLink}
            my={3}
            label={t(`nav.${key}`)}
            leftSection={<Icon size={19} stroke={1.7} />}
            onClick={onNavigate}
            renderRoot={(props) => (
              <Link
                to={to}
                activeOptions={{ exact: to === '/' }}
                activeProps={{ 'data-active': true }}
                {...props}
              />
            )}
          />
        ))}
      </ScrollArea>
      <Group gap={10} p={8} wrap="nowrap">
        <PersonAvatar name={me.person.name} size={34} />
        <Box miw={0}>
          <Text size="sm" fw={570} lh={1.25} truncate>
            {me.person.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {me.organization.name}
          </Text>
        </Box>
      </Group>
    </>
  )
}
