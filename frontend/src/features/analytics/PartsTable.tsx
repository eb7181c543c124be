import { Anchor, Box, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { GoalInsights, InsightPart } from '@/api/gen/types.gen'
import { type Column, DataTable } from '@/components/DataTable'
import { ProgressBar } from '@/components/ProgressBar'
import { useFormat } from '@/i18n/format'
import { StatusBar } from './StatusBar'

interface PartsTableProps {
  insights: GoalInsights
  cycle: string | undefined
}

/** One level below: departments, or the managers who report to a manager. */
export function PartsTable({ insights, cycle }: PartsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const by = insights.group.kind === 'manager' ? 'manager' : 'department'
  const own = insights.group.kind === 'company' ? 'company' : by
  const nameOf = ({ group }: InsightPart) => group.name ?? t(`insights.own.${own}`)
  const name = (part: InsightPart) =>
    part.group.id === null || !part.may_open ? (
      <Text size="sm">{nameOf(part)}</Text>
    ) : (
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link
            to="/analytics"
            search={{ cycle, group: part.group.kind, id: part.group.id ?? undefined }}
            {...props}
          />
        )}
      >
        {nameOf(part)}
      </Anchor>
    )
  const withheld = (
    <Text size="sm" c="dimmed">
      {t('insights.withheld')}
    </Text>
  )
  const status = (part: InsightPart) =>
    part.numbers ? <StatusBar status={part.numbers.status} label={nameOf(part)} /> : withheld
  const progress = (part: InsightPart, numbers = part.numbers) =>
    numbers && (
      <Group gap="xs" wrap="nowrap">
        <Box flex={1}>
          <ProgressBar
            label={t('progress.of', { title: nameOf(part) })}
            progress={numbers.progress.average}
            expected={numbers.progress.expected}
            status={null}
          />
        </Box>
        <Text size="sm" className="tabular" w={44} ta="right">
          {numbers.progress.average === null ? '–' : format.percent(numbers.progress.average)}
        </Text>
      </Group>
    )
  const share = (value: string | null | undefined) => (value == null ? '–' : format.percent(value))
  const columns: Column<InsightPart>[] = [
    { key: 'name', header: t(`insights.by.${by}`), cell: name },
    {
      key: 'goals',
      header: t('insights.goals'),
      align: 'right',
      width: 80,
      cell: ({ numbers }) => numbers?.goals ?? '–',
    },
    { key: 'status', header: t('insights.numbers.status'), width: '24%', cell: status },
    {
      key: 'progress',
      header: t('insights.numbers.progress'),
      width: '24%',
      cell: (part) => progress(part),
    },
    {
      key: 'cadence',
      header: t('insights.numbers.cadence'),
      align: 'right',
      cell: ({ numbers }) => share(numbers?.cadence.share),
    },
  ]
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t(`insights.parts.${by}`)}
      </Title>
      <DataTable
        label={t(`insights.parts.${by}`)}
        columns={columns}
        rows={insights.parts}
        rowKey={({ group }) => group.id ?? 'own'}
        card={(part) => (
          <Stack gap="xs">
            <Group justify="space-between">
              {name(part)}
              {part.numbers && (
                <Text size="sm" c="dimmed">
                  {t('goals.count', { count: part.numbers.goals })}
                </Text>
              )}
            </Group>
            {status(part)}
            {progress(part)}
          </Stack>
        )}
      />
    </Stack>
  )
}
