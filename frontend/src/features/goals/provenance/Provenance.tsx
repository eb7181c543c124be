import { ActionIcon, Table, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getGoalProvenanceOptions } from '@/api/gen/@tanstack/react-query.gen'
import { ErrorPanel } from '@/components/ErrorPanel'
import { RowsSkeleton } from '@/components/Skeletons'
import { useFormat } from '@/i18n/format'
import { useValueText } from '../useValueText'
import classes from './Provenance.module.css'
import { type PartRow, rowsOf } from './rows'

function Source({ row }: { row: PartRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const valueText = useValueText()
  if (row.kind === 'hidden') return null
  const checkIn = row.checkIn && {
    value: row.measure ? valueText(row.measure, row.checkIn.value) : '',
    name: row.checkIn.author.name,
    date: format.dayOf(row.checkIn.checked_in_at),
  }
  return (
    <Text size="xs" c="dimmed">
      {row.owner?.name ?? (checkIn ? t('provenance.checkIn', checkIn) : t('provenance.atStart'))}
    </Text>
  )
}

function Title({ row }: { row: PartRow }) {
  const { t } = useTranslation()
  if (row.kind === 'goal' && row.id) {
    return (
      <Link to="/goals/$goalId" params={{ goalId: row.id }} className="row-link">
        {row.title}
      </Link>
    )
  }
  if (row.title) return row.title
  return (
    <Text span size="sm" c="dimmed">
      {t('provenance.hidden')}
    </Text>
  )
}

interface PartProps {
  row: PartRow
  isOpen: boolean
  onToggle: () => void
}

function Part({ row, isOpen, onToggle }: PartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <Table.Tr>
      <Table.Td>
        <div className={classes.part} style={{ paddingInlineStart: row.depth * 20 }}>
          <span className={classes.opener}>
            {row.canOpen && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-expanded={isOpen}
                aria-label={t('provenance.openPart', { title: row.title })}
                onClick={onToggle}
              >
                <Chevron size={16} />
              </ActionIcon>
            )}
          </span>
          <div>
            <Title row={row} />
            <Source row={row} />
          </div>
        </div>
      </Table.Td>
      <Table.Td ta="right">{format.number(row.weight)}</Table.Td>
      <Table.Td ta="right">{row.progress === null ? '–' : format.percent(row.progress)}</Table.Td>
      <Table.Td ta="right">{row.adds === null ? '–' : format.percent(row.adds)}</Table.Td>
    </Table.Tr>
  )
}

/** Every rolled-up number can be opened: its parts, their weights, and the check-ins behind them. */
export function Provenance({ goalId }: { goalId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const provenance = useQuery(getGoalProvenanceOptions({ path: { goal_id: goalId } }))
  if (provenance.error) {
    return <ErrorPanel error={provenance.error} onRetry={() => provenance.refetch()} />
  }
  if (!provenance.data) return <RowsSkeleton rows={3} />
  const { goals, is_complete } = provenance.data
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }
  const progress = goals[0]?.progress ?? null
  return (
    <div className={classes.scroll}>
      <Table verticalSpacing="xs" horizontalSpacing={6} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('provenance.part')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('goal.weight')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('provenance.progress')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('provenance.adds')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(goals, open).map((row) => (
            <Part
              key={`${row.depth} ${row.key}`}
              row={row}
              isOpen={open.has(row.key)}
              onToggle={() => toggle(row.key)}
            />
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row" colSpan={3}>
              {t('provenance.sum')}
            </Table.Th>
            <Table.Td ta="right" fw={640}>
              {progress === null ? '–' : format.percent(progress)}
            </Table.Td>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
      {!is_complete && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('provenance.incomplete')}
        </Text>
      )}
    </div>
  )
}
