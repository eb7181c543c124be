import {
  ActionIcon,
  Button,
  Group,
  Stack,
  Text,
  Tooltip,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTargetArrow } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalNode } from '@/api/gen/types.gen'
import { type Column, DataTable } from '@/components/DataTable'
import { GoalProgress } from '@/components/GoalProgress'
import { PersonAvatar } from '@/components/PersonAvatar'
import { StatusBadge } from '@/components/StatusBadge'
import { usePrinting } from '@/components/usePrinting'
import { useFormat } from '@/i18n/format'
import { LevelIcon } from '../LevelIcon'
import type { GoalColumn } from '../search'
import type { TreeState } from '../treeState'
import { type SortColumn, type Sorting, sorted, turned } from './sorting'

const AT_ONCE = 50

interface SortHeaderProps {
  column: SortColumn
  sorting: Sorting
  onSort: (sorting: Sorting) => void
}

function SortHeader({ column, sorting, onSort }: SortHeaderProps) {
  const { t } = useTranslation()
  const name = t(`goals.table.${column}`)
  const Arrow = sorting === column ? IconArrowUp : sorting === `-${column}` ? IconArrowDown : null
  return (
    <UnstyledButton
      fz="inherit"
      fw="inherit"
      aria-label={t('goals.table.sortBy', { column: name })}
      aria-pressed={Arrow !== null}
      onClick={() => onSort(turned(sorting, column))}
    >
      <Group gap={4} wrap="nowrap">
        {name}
        {Arrow && <Arrow size={14} aria-hidden />}
      </Group>
    </UnstyledButton>
  )
}

function Progress({ goal }: { goal: GoalNode }) {
  const format = useFormat()
  return (
    <Group gap="sm" wrap="nowrap">
      <div style={{ flex: 1, minWidth: 90 }}>
        <GoalProgress goal={goal} />
      </div>
      <Text size="sm" fw={600} className="tabular" w={44} ta="right">
        {goal.progress === null ? '–' : format.percent(goal.progress)}
      </Text>
    </Group>
  )
}

function Title({ goal }: { goal: GoalNode }) {
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <LevelIcon level={goal.level} />
      <Text size="sm" fw={540}>
        <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
          {goal.title}
        </Link>
      </Text>
    </Group>
  )
}

function Owner({ goal }: { goal: GoalNode }) {
  return (
    <Group gap={8} wrap="nowrap">
      <PersonAvatar name={goal.owner.name} size={22} />
      <Text size="sm">{goal.owner.name}</Text>
    </Group>
  )
}

function CheckIn({ goal, state }: { goal: GoalNode; state: TreeState }) {
  const { t } = useTranslation()
  if (!state.canCheckIn(goal)) return null
  return (
    <Tooltip label={t('goal.act.check_in')}>
      <ActionIcon
        variant="light"
        size={30}
        aria-label={t('goals.checkInOn', { title: goal.title })}
        onClick={() => state.checkIn(goal)}
      >
        <IconTargetArrow size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  )
}

function Status({ goal }: { goal: GoalNode }) {
  return <StatusBadge status={goal.state === 'active' ? (goal.status ?? 'active') : goal.state} />
}

interface GoalTableProps {
  goals: GoalNode[]
  state: TreeState
  sorting: Sorting
  shown: readonly GoalColumn[]
  onSort: (sorting: Sorting) => void
}

/** Every goal a row, in the order that helps right now. */
export function GoalTable({ goals, state, sorting, shown, onSort }: GoalTableProps) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const [asked, setAsked] = useState(AT_ONCE)
  const printing = usePrinting()
  const header = (column: SortColumn) =>
    printing ? (
      t(`goals.table.${column}`)
    ) : (
      <SortHeader column={column} sorting={sorting} onSort={onSort} />
    )
  const columns: Column<GoalNode>[] = [
    { key: 'goal', header: header('goal'), cell: (goal) => <Title goal={goal} /> },
    { key: 'owner', header: header('owner'), cell: (goal) => <Owner goal={goal} />, width: 164 },
    {
      key: 'due',
      header: header('due'),
      cell: (goal) => <Text size="sm">{format.day(goal.due_on)}</Text>,
      width: 88,
    },
    {
      key: 'progress',
      header: header('progress'),
      cell: (goal) => <Progress goal={goal} />,
      width: 160,
    },
    {
      key: 'expected',
      header: header('expected'),
      cell: (goal) => (
        <Text size="sm" c="dimmed" className="tabular">
          {goal.expected === null ? '–' : format.percent(goal.expected)}
        </Text>
      ),
      width: 92,
    },
    {
      key: 'status',
      header: t('goals.status'),
      cell: (goal) => <Status goal={goal} />,
      width: 116,
    },
  ]
  // Only where there is something to do in it.
  const action: Column<GoalNode> = {
    key: 'check-in',
    header: <VisuallyHidden>{t('goal.act.check_in')}</VisuallyHidden>,
    cell: (goal) => <CheckIn goal={goal} state={state} />,
    width: 56,
  }
  const rows = sorted(goals.filter(state.isWanted), sorting, i18n.language)
  const count = printing ? rows.length : asked
  const chosen = columns.filter(({ key }) => key === 'goal' || shown.some((one) => one === key))
  return (
    <Stack>
      <DataTable
        label={t('goals.title')}
        columns={rows.some(state.canCheckIn) && !printing ? [...chosen, action] : chosen}
        rows={rows.slice(0, count)}
        rowKey={(goal) => goal.id}
        card={(goal) => (
          <Stack gap={8}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Title goal={goal} />
              <Status goal={goal} />
            </Group>
            <Group justify="space-between" wrap="nowrap">
              <Owner goal={goal} />
              <CheckIn goal={goal} state={state} />
            </Group>
            <Progress goal={goal} />
          </Stack>
        )}
      />
      {rows.length > count && (
        <Button variant="default" mx="auto" onClick={() => setAsked(asked + AT_ONCE)}>
          {t('common.showMore')}
        </Button>
      )}
    </Stack>
  )
}
