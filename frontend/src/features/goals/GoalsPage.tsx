import { Alert, Button, Card, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconInfoCircle,
  IconPlus,
  IconSearch,
  IconTargetArrow,
  IconUsersPlus,
} from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalNode, PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { EmptyState } from '@/components/EmptyState'
import { PageHeader } from '@/components/PageHeader'
import { useFormat } from '@/i18n/format'
import { CheckInDrawer } from './CheckInDrawer'
import { GoalDrawer } from './GoalDrawer'
import { GoalsSummary } from './GoalsSummary'
import { GoalTree } from './GoalTree'
import { currentCycle, cyclesOptions, goalTreeOptions } from './queries'
import { type GoalsSearch, LEVELS, STATES, STATUSES } from './search'
import { everyGoal, forestOf, isFiltered, isWanted, ownersOf, prune } from './tree'

interface GoalsPageProps {
  search: GoalsSearch
  onSearch: (change: Partial<GoalsSearch>) => void
}

function GoalFilters({ search, onSearch, owners }: GoalsPageProps & { owners: PersonRef[] }) {
  const { t } = useTranslation()
  const me = useMe()
  const [typed, setTyped] = useState(search.q ?? '')
  const ask = useDebouncedCallback((q: string) => onSearch({ q: q.trim() || undefined }), 200)
  const others = owners.filter((owner) => owner.id !== me.person.id)
  return (
    <Group gap="sm" mb="md" role="search" className="no-print">
      <TextInput
        flex="1 1 220px"
        type="search"
        aria-label={t('goals.search')}
        placeholder={t('goals.search')}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          ask(event.currentTarget.value)
        }}
      />
      <Select
        flex="1 1 120px"
        aria-label={t('goals.level')}
        placeholder={t('goals.level')}
        data={LEVELS.map((level) => ({ value: level, label: t(`goal.level.${level}`) }))}
        value={search.level ?? null}
        onChange={(level) => onSearch({ level: level ?? undefined })}
        clearable
      />
      <Select
        flex="1 1 120px"
        aria-label={t('goals.status')}
        placeholder={t('goals.status')}
        data={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        value={search.status ?? null}
        onChange={(status) => onSearch({ status: status ?? undefined })}
        clearable
      />
      <Select
        flex="1 1 120px"
        aria-label={t('goals.state')}
        placeholder={t('goals.state')}
        data={STATES.map((state) => ({ value: state, label: t(`status.${state}`) }))}
        value={search.state ?? null}
        onChange={(state) => onSearch({ state: state ?? undefined })}
        clearable
      />
      <Select
        flex="1 1 120px"
        aria-label={t('goals.owner')}
        placeholder={t('goals.owner')}
        data={[
          { value: me.person.id, label: t('goals.mine') },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={search.owner ?? null}
        onChange={(owner) => onSearch({ owner: owner ?? undefined })}
        searchable
        clearable
      />
    </Group>
  )
}

/** Company goals stand open at first, and whatever leads to what a filter found. */
function useOpenGoals(filtered: boolean) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState<boolean | null>(null)
  const byDefault = (goal: GoalNode) => {
    if (all !== null) return all
    return filtered || goal.level === 'company'
  }
  return {
    isOpen: (goal: GoalNode) => byDefault(goal) !== turned.has(goal.id),
    toggle: (goal: GoalNode) =>
      setTurned((before) => {
        const after = new Set(before)
        if (!after.delete(goal.id)) after.add(goal.id)
        return after
      }),
    all,
    setAll: (open: boolean) => {
      setAll(open)
      setTurned(new Set())
    },
  }
}

export function GoalsPage({ search, onSearch }: GoalsPageProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const cycle = cycles.find((each) => each.id === search.cycle) ?? currentCycle(cycles)
  const { data: tree } = useSuspenseQuery(goalTreeOptions(cycle?.id))
  const open = useOpenGoals(isFiltered(search))
  const forest = prune(forestOf(tree.nodes), search)
  const wanted = everyGoal(forest).filter((goal) => isWanted(goal, search))
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
            {me.manages_people && (
              <Button
                variant="default"
                leftSection={<IconUsersPlus size={17} />}
                renderRoot={(props) => <Link to="/goals/bulk" {...props} />}
              >
                {t('bulk.open')}
              </Button>
            )}
            <Button leftSection={<IconPlus size={17} />} onClick={() => onSearch({ new: true })}>
              {t('goals.new')}
            </Button>
          </>
        }
      />
      <GoalFilters search={search} onSearch={onSearch} owners={ownersOf(tree.nodes)} />
      {wanted.length > 0 && (
        <Group justify="space-between" mb="md">
          <GoalsSummary goals={wanted} />
          <Button
            variant="subtle"
            size="compact-sm"
            className="no-print"
            leftSection={
              open.all ? <IconArrowsMinimize size={15} /> : <IconArrowsMaximize size={15} />
            }
            onClick={() => open.setAll(!open.all)}
          >
            {t(open.all ? 'goals.collapseAll' : 'goals.expandAll')}
          </Button>
        </Group>
      )}
      {!tree.is_complete && (
        <Alert mb="md" icon={<IconInfoCircle size={18} />}>
          {t('goals.incomplete')}
        </Alert>
      )}
      {forest.length > 0 ? (
        <GoalTree
          forest={forest}
          state={{
            isOpen: open.isOpen,
            toggle: open.toggle,
            isWanted: (goal) => isWanted(goal, search),
            canCheckIn: (goal) =>
              goal.state === 'active' &&
              goal.owner.id === me.person.id &&
              goal.key_results.length > 0,
            checkIn: (goal) => onSearch({ check_in: goal.id }),
          }}
        />
      ) : (
        <Card>
          {isFiltered(search) ? (
            <EmptyState icon={IconSearch} title={t('goals.nothingFound')}>
              {t('goals.nothingFoundText')}
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
      )}
      {search.new && (
        <GoalDrawer
          cycleId={cycle?.id}
          parentId={search.under}
          onClosed={() => onSearch({ new: undefined, under: undefined })}
        />
      )}
      {search.check_in && (
        <CheckInDrawer
          goalId={search.check_in}
          onClosed={() => onSearch({ check_in: undefined })}
        />
      )}
    </>
  )
}
