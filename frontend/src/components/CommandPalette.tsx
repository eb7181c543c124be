import '@mantine/spotlight/styles.css'
import { Group, Loader, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import {
  type Icon,
  IconFileImport,
  IconHeartHandshake,
  IconLogout,
  IconMessageQuestion,
  IconMoon,
  IconPlus,
  IconSearch,
  IconTargetArrow,
  IconUser,
} from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  findKeyResultsOptions,
  listGoalsOptions,
  listPeopleOptions,
} from '@/api/gen/@tanstack/react-query.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { matches, withoutAct } from '@/lib/text'
import { placesOf } from './navigation'
import { PersonAvatar } from './PersonAvatar'
import { StatusBadge } from './StatusBadge'
import { useSignOut } from './UserMenu'

interface Command {
  id: string
  label: string
  note?: string | null
  left: ReactNode
  right?: ReactNode
  run: () => void
}

const LIMIT = 6

function icon(Shape: Icon) {
  return <Shape size={19} stroke={1.7} />
}

function usePages(): Command[] {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const pages = placesOf(me).map(({ to, key, icon: Shape }) => ({
    id: to,
    label: t(`nav.${key}`),
    left: icon(Shape),
    run: () => navigate({ to }),
  }))
  return [
    ...pages,
    {
      id: '/account',
      label: t('userMenu.account'),
      left: icon(IconUser),
      run: () => navigate({ to: '/account' }),
    },
  ]
}

function useActions(): Command[] {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const leave = useSignOut()
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark'
  const actions: Command[] = [
    {
      id: 'new-goal',
      label: t('palette.newGoal'),
      left: icon(IconPlus),
      run: () => navigate({ to: '/goals', search: { new: true } }),
    },
    {
      id: 'my-goals',
      label: t('palette.myGoals'),
      left: icon(IconTargetArrow),
      run: () => navigate({ to: '/goals', search: { owner: me.person.id } }),
    },
    {
      id: 'praise',
      label: t('praise.give'),
      left: icon(IconHeartHandshake),
      run: () => navigate({ to: '/praise', search: { give: true } }),
    },
    {
      id: 'ask-for-feedback',
      label: t('requests.new'),
      left: icon(IconMessageQuestion),
      run: () => navigate({ to: '/feedback', search: { ask: true } }),
    },
    {
      id: 'theme',
      label: t(`palette.${other}`),
      left: icon(IconMoon),
      run: () => setColorScheme(other),
    },
    { id: 'sign-out', label: t('userMenu.signOut'), left: icon(IconLogout), run: leave },
  ]
  if (may(me, 'import_people')) {
    actions.splice(4, 0, {
      id: 'import',
      label: t('palette.importPeople'),
      left: icon(IconFileImport),
      run: () => navigate({ to: '/admin/imports/new' }),
    })
  }
  return actions
}

/** A check-in is never further away than this: one act for each key result of your running goals. */
function useCheckIns(opened: boolean, question: string, typed: string) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const act = t('palette.checkIn', { title: '' })
  const mine = useQuery({
    ...findKeyResultsOptions({
      query: {
        person_id: me.person.id,
        state: 'active',
        q: withoutAct(question, act) || undefined,
        limit: LIMIT,
      },
    }),
    enabled: opened,
    placeholderData: keepPreviousData,
  })
  const words = withoutAct(typed, act)
  const isOld = mine.isPlaceholderData || question !== typed
  const commands: Command[] = (mine.data?.items ?? [])
    // Answers to the keys before are shown until the new ones come, if they still fit.
    .filter(({ title, goal }) => !isOld || matches(`${title} ${goal.title}`, words))
    .map(({ id, title, goal }) => ({
      id: `check-in-${id}`,
      label: t('palette.checkIn', { title }),
      note: goal.title,
      left: icon(IconTargetArrow),
      run: () =>
        navigate({
          to: '/goals/$goalId',
          params: { goalId: goal.id },
          search: { check_in: id },
        }),
    }))
  return { commands, isLoading: opened && mine.isFetching }
}

/** People and goals by name, asked of the API as one types. */
function useFound(question: string, typed: string) {
  const navigate = useNavigate()
  const enabled = question.length >= 2
  const people = useQuery({
    ...listPeopleOptions({ query: { q: question, limit: LIMIT } }),
    enabled,
    placeholderData: keepPreviousData,
  })
  const goals = useQuery({
    ...listGoalsOptions({ query: { q: question, limit: LIMIT } }),
    enabled,
    placeholderData: keepPreviousData,
  })
  const foundPeople: Command[] = (people.data?.items ?? []).map((person) => ({
    id: person.id,
    label: person.name,
    note: person.job_title,
    left: <PersonAvatar name={person.name} size={30} />,
    run: () => navigate({ to: '/people/$personId', params: { personId: person.id } }),
  }))
  const foundGoals: Command[] = (goals.data?.items ?? []).map((goal) => ({
    id: goal.id,
    label: goal.title,
    note: goal.owner?.name,
    left: icon(IconTargetArrow),
    right: goal.status && <StatusBadge status={goal.status} />,
    run: () => navigate({ to: '/goals/$goalId', params: { goalId: goal.id } }),
  }))
  // Answers to the keys before are shown until the new ones come, if they still fit.
  const fitting = (commands: Command[], isOld: boolean) =>
    isOld ? commands.filter(({ label }) => matches(label, typed)) : commands
  return {
    people: enabled ? fitting(foundPeople, people.isPlaceholderData || question !== typed) : [],
    goals: enabled ? fitting(foundGoals, goals.isPlaceholderData || question !== typed) : [],
    isLoading: enabled && (people.isFetching || goals.isFetching),
  }
}

function CommandGroup({ label, commands }: { label: string; commands: Command[] }) {
  if (commands.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={label}>
      {commands.map((command) => (
        <Spotlight.Action key={command.id} onClick={command.run}>
          <Group gap="sm" wrap="nowrap" w="100%">
            {command.left}
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" truncate>
                {command.label}
              </Text>
              {command.note && (
                <Text size="xs" opacity={0.75} truncate>
                  {command.note}
                </Text>
              )}
            </div>
            {command.right}
          </Group>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  )
}

interface CommandPaletteProps {
  opened: boolean
  onClose: () => void
}

/** Pages, people, goals and acts, one keystroke away. */
const [store, palette] = createSpotlight()

/** Enter does the first of what is listed, also of what the API found after the last key. */
function useFirstSelected(listed: Command[]) {
  const ids = listed.map(({ id }) => id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again whenever the list changes
  useEffect(() => {
    const list = document.getElementById(store.getState().listId)
    if (!list || list.querySelector('[data-selected]')) return
    list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
    store.updateState((state) => ({ ...state, selected: 0 }))
  }, [ids])
}

export default function CommandPalette({ opened, onClose }: CommandPaletteProps) {
  const { t } = useTranslation()
  useEffect(() => (opened ? palette.open() : palette.close()), [opened])
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 150)
  const pages = usePages().filter(({ label }) => matches(label, query))
  const checkIns = useCheckIns(opened, asked, query.trim())
  const actions = useActions().filter(({ label }) => matches(label, query))
  const found = useFound(asked, query.trim())
  const isLoading = found.isLoading || checkIns.isLoading
  const listed = [...pages, ...found.goals, ...found.people, ...checkIns.commands, ...actions]
  useFirstSelected(listed)
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      centered={false}
      yOffset="12vh"
      shortcut={null}
      onSpotlightClose={onClose}
      scrollable
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={19} stroke={1.7} />}
        rightSection={isLoading ? <Loader size={16} /> : null}
      />
      <Spotlight.ActionsList>
        <CommandGroup label={t('palette.pages')} commands={pages} />
        <CommandGroup label={t('palette.goals')} commands={found.goals} />
        <CommandGroup label={t('palette.people')} commands={found.people} />
        <CommandGroup label={t('palette.checkIns')} commands={checkIns.commands} />
        <CommandGroup label={t('palette.actions')} commands={actions} />
        {listed.length === 0 && !isLoading && (
          <Spotlight.Empty>{t('palette.nothing', { query })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
