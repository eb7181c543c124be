import { AppShell, Box, Burger, Drawer, Group, Kbd, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { LanguageMenu } from './LanguageMenu'
import { MOD_KEY } from './modKey'
import { Brand, Navigation } from './Navigation'
import { placesOf } from './navigation'
import classes from './Shell.module.css'
import { ThemeMenu } from './ThemeMenu'
import { UserMenu } from './UserMenu'
import { useShortcutPreference, useShortcuts } from './useShortcuts'

const loadPalette = () => import('./CommandPalette')
const CommandPalette = lazy(loadPalette)
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'))

const IDLE_MS = 2000

/** The palette comes once the page rests, so that it neither delays the first paint nor the first key. */
function usePalette() {
  const [opened, { open, close, toggle }] = useDisclosure()
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(loadPalette, IDLE_MS)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    if (opened) setWanted(true)
  }, [opened])
  useHotkeys([['mod + K', toggle]], [])
  return { opened, open, close, isWanted }
}

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const [menuOpened, menu] = useDisclosure()
  const [helpOpened, help] = useDisclosure()
  const palette = usePalette()
  const [plainKeys, setPlainKeys] = useShortcutPreference()
  const jumps = placesOf(me).map(({ to, shortcut }) => [shortcut, () => navigate({ to })])
  useShortcuts(
    {
      '?': help.open,
      n: () => navigate({ to: '/goals', search: { new: true } }),
      ...Object.fromEntries(jumps),
    },
    plainKeys,
  )
  return (
    <AppShell
      layout="alt"
      header={{ height: 60 }}
      navbar={{ width: 244, breakpoint: 'sm', collapsed: { mobile: true } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#main" className="skip-link">
        {t('nav.skip')}
      </a>
      <AppShell.Header withBorder={false} className={classes.header} px={{ base: 'md', sm: 'xl' }}>
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Burger
            hiddenFrom="sm"
            size="sm"
            opened={menuOpened}
            onClick={menu.toggle}
            aria-label={t('nav.open')}
            aria-expanded={menuOpened}
          />
          <UnstyledButton onClick={palette.open} className={classes.search}>
            <IconSearch size={16} aria-hidden />
            <Text size="sm" truncate>
              {t('palette.placeholder')}
            </Text>
            <Kbd size="xs" visibleFrom="sm" aria-hidden>
              {MOD_KEY} K
            </Kbd>
          </UnstyledButton>
          <Group gap={6} wrap="nowrap">
            <Box visibleFrom="sm">
              <LanguageMenu />
            </Box>
            <ThemeMenu />
            <UserMenu onShortcuts={help.open} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className={classes.sidebar} visibleFrom="sm">
        <Brand />
        <Navigation />
      </AppShell.Navbar>
      <Drawer
        hiddenFrom="sm"
        position="left"
        size={280}
        opened={menuOpened}
        onClose={menu.close}
        title={<Brand />}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        styles={{
          content: { display: 'flex', flexDirection: 'column' },
          body: { display: 'flex', flex: 1, flexDirection: 'column' },
        }}
      >
        <Navigation onNavigate={menu.close} />
      </Drawer>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Box maw={1180} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
      <Suspense>
        {palette.isWanted && <CommandPalette opened={palette.opened} onClose={palette.close} />}
        {helpOpened && (
          <ShortcutsDialog
            opened
            onClose={help.close}
            plainKeys={plainKeys}
            onPlainKeys={setPlainKeys}
          />
        )}
      </Suspense>
    </AppShell>
  )
}
