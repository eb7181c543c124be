import { Alert, Button, Card, Group, SegmentedControl, Select } from '@mantine/core'
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconHistory,
  IconInfoCircle,
  IconPlus,
  IconSearch,
  IconTargetArrow,
} from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalNode } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { EmptyState } from '@/components/EmptyState'
import { MomentButton, MomentNote } from '@/components/LookingBack'
import { PageHeader } from '@/components/PageHeader'
import { RowsSkeleton } from '@/components/Skeletons'
import { useFormat } from '@/i18n/format'
import { GoalFilters } from './GoalFilters'
import { GoalsMenu } from './GoalsMenu'
import { GoalsSummary } from './GoalsSummary'
import { GoalTree } from './GoalTree'
import { currentCycle, cyclesOptions, goalTreeOptions } from './queries'
import { COLUMNS, type GoalsSearch, isAside, VIEWS } from './search'
import { type Branch, everyGoal, forestOf, isFiltered, isWanted, ownersOf, prune } from './tree'
import type { TreeState } from './treeState'
import { useOpenGoals } from './useOpenGoals'
import { ColumnsMenu } from './views/ColumnsMenu'

// What is not seen at first comes when it is asked for.
const GoalsAside = lazy(async () => ({
  default: (await import('./GoalsAside')).GoalsAside,
}))
const CheckInDrawer = lazy(async () => ({
  default: (await import('./CheckInDrawer')).CheckInDrawer,
}))
const GoalDrawer = lazy(async () => ({ default: (await import('./GoalDrawer')).GoalDrawer }))
const GoalMap = lazy(async () => ({ default: (await import('./views/GoalMap')).GoalMap }))
const GoalTable = lazy(async () => ({ default: (await import('./views/GoalTable')).GoalTable }))

interface GoalsPageProps {
  search: GoalsSearch
  onSearch: (change: Partial<GoalsSearch>) => void
}

interface ViewProps extends GoalsPageProps {
  forest: Branch[]
  state: TreeState
}

function View({ search, onSearch, forest, state }: ViewProps) {
  switch (search.view) {
    case 'map':
      return <GoalMap forest={forest} state={state} />
    case 'table':
      return (
        <GoalTable
          goals={everyGoal(forest)}
          state={state}
          sorting={search.sort ?? 'due'}
          shown={search.columns ?? COLUMNS}
          onSort={(sort) => onSearch({ sort })}
        />
      )
    default:
      return <GoalTree forest={forest} state={state} />
  }
}

function NoGoals({ search, onSearch }: GoalsPageProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card>
      {isFiltered(search) ? (
        <EmptyState icon={IconSearch} title={t('goals.nothingFound')}>
          {t('goals.nothingFoundText')}
        </EmptyState>
      ) : search.as_of ? (
        <EmptyState icon={IconHistory} title={t('moment.notThere')}>
          {t('goals.nothingThen', { date: format.date(search.as_of) })}
        </EmptyState>
      ) : (
        <EmptyState
          icon={IconTargetArrow}
          title={t('goals.emptyTitle')}
          example={t('goals.emptyExample')}
          action={<Button onClick={() => onSearch({ new: true })}>{t('goals.new')}</Button>}
        >
          {t('goals.emptyText')}
        </EmptyState>
      )}
    </Card>
  )
}

interface ViewSwitchProps extends GoalsPageProps {
  open: ReturnType<typeof useOpenGoals>
}

function ViewSwitch({ search, onSearch, open }: ViewSwitchProps) {
  const { t } = useTranslation()
  return (
    <Group gap="sm" className="no-print">
      {search.view === 'table' ? (
        <ColumnsMenu
          shown={search.columns ?? COLUMNS}
          onChange={(columns) =>
            onSearch({ columns: columns.length < COLUMNS.length ? columns : undefined })
          }
        />
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={
            open.all ? <IconArrowsMinimize size={15} /> : <IconArrowsMaximize size={15} />
          }
          onClick={() => open.setAll(!open.all)}
        >
          {t(open.all ? 'goals.collapseAll' : 'goals.expandAll')}
        </Button>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('goals.view.name')}
        value={search.view ?? 'tree'}
        onChange={(view) =>
          onSearch({ view: view === 'tree' ? undefined : (view as GoalsSearch['view']) })
        }
        data={VIEWS.map((view) => ({ value: view, label: t(`goals.view.${view}`) }))}
      />
    </Group>
  )
}

export function GoalsPage({ search, onSearch }: GoalsPageProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const cycle =
    cycles.find((each) => each.id === search.cycle) ?? currentCycle(cycles, search.as_of)
  const { data: tree } = useSuspenseQuery(goalTreeOptions(cycle?.id, search.as_of))
  const { q, level, status, state, owner } = search
  const looksBack = search.as_of !== undefined
  const filter = useMemo(
    () => ({ q, level, status, state, owner, me: me.person.id }),
    [q, level, status, state, owner, me.person.id],
  )
  const open = useOpenGoals(isFiltered(filter))
  const forest = useMemo(() => prune(forestOf(tree.nodes), filter), [tree.nodes, filter])
  const isWantedHere = useCallback((goal: GoalNode) => isWanted(goal, filter), [filter])
  const wanted = everyGoal(forest).filter(isWantedHere)
  return (
    <>
      <PageHeader
        title={t('goals.title')}
        subtitle={
          cycle &&
          t('goals.period', {
            name: cycle.name,
            from: format.day(cycle.starts_on),
            to: format.date(cycle.ends_on),
          })
        }
        actions={
          <>
            {cycles.length > 1 && (
              <Select
                aria-label={t('goals.cycle')}
                data={cycles.map(({ id, name }) => ({ value: id, label: name }))}
                value={cycle?.id ?? null}
                onChange={(id) => onSearch({ cycle: id ?? undefined })}
                allowDeselect={false}
                w={170}
              />
            )}
            <MomentButton day={search.as_of} onDay={(as_of) => onSearch({ as_of })} />
            {!looksBack && (
              <Button leftSection={<IconPlus size={17} />} onClick={() => onSearch({ new: true })}>
                {t('goals.new')}
              </Button>
            )}
            <GoalsMenu search={search} />
          </>
        }
      />
      <MomentNote day={search.as_of} onDay={(as_of) => onSearch({ as_of })} />
      <GoalFilters search={search} onSearch={onSearch} owners={ownersOf(tree.nodes)} />
      {wanted.length > 0 && (
        <Group justify="space-between" mb="md">
          <GoalsSummary goals={wanted} />
          <ViewSwitch search={search} onSearch={onSearch} open={open} />
        </Group>
      )}
      {!tree.is_complete && (
        <Alert mb="md" icon={<IconInfoCircle size={18} />}>
          {t('goals.incomplete')}
        </Alert>
      )}
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        {isAside(state) ? (
          <GoalsAside search={search} state={state} />
        ) : forest.length > 0 ? (
          <View
            search={search}
            onSearch={onSearch}
            forest={forest}
            state={{
              isOpen: open.isOpen,
              toggle: open.toggle,
              isWanted: isWantedHere,
              canCheckIn: (goal) =>
                !looksBack &&
                goal.state === 'active' &&
                goal.is_yours &&
                goal.key_results.length > 0,
              checkIn: (goal) => onSearch({ check_in: goal.id }),
            }}
          />
        ) : (
          <NoGoals search={search} onSearch={onSearch} />
        )}
      </Suspense>
      <Suspense>
        {search.new && (
          <GoalDrawer
            cycleId={cycle?.id}
            parentId={search.under}
            templateName={search.template}
            onClosed={() => onSearch({ new: undefined, under: undefined, template: undefined })}
          />
        )}
        {search.check_in && (
          <CheckInDrawer
            goalId={search.check_in}
            onClosed={() => onSearch({ check_in: undefined })}
          />
        )}
      </Suspense>
    </>
  )
}
