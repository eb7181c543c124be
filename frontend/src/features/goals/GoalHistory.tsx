import { Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listGoalCheckInsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { listGoalCheckIns } from '@/api/gen/sdk.gen'
import type { CheckIn, GoalDetail, KeyResult } from '@/api/gen/types.gen'
import { everyItem } from '@/api/paging'
import { RowsSkeleton } from '@/components/Skeletons'
import { useFormat } from '@/i18n/format'
import { utcOf } from '@/lib/dates'
import { toNumber } from '@/lib/decimal'
import { useBandText } from './KeyResultValue'
import { progressHistory, valueHistory } from './logic'
import { useValueText } from './useValueText'

const ProgressChart = lazy(() => import('@/charts/ProgressChart'))

interface DrawnProps {
  goal: GoalDetail
  keyResult: KeyResult | undefined
  checkIns: CheckIn[]
}

function number(value: string | null): number | null {
  return value === null ? null : toNumber(value)
}

/** The goal as a share, or one key result in its own values. */
function Drawn({ goal, keyResult, checkIns }: DrawnProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const valueText = useValueText()
  const bandText = useBandText()
  const began = utcOf(goal.starts_on).getTime()
  const points = keyResult
    ? valueHistory(keyResult, checkIns, began)
    : progressHistory(goal.key_results, checkIns, began)
  // A band has no start: its first check-in is a beginning already.
  const isBand = keyResult?.kind === 'maintain'
  if (points.length < (isBand ? 1 : 2)) return <Text c="dimmed">{t('goal.chart.empty')}</Text>
  const common = {
    points,
    startsOn: goal.starts_on,
    dueOn: goal.due_on,
    label: t('goal.chart.label', { title: keyResult?.title ?? goal.title }),
  }
  if (!keyResult) {
    return <ProgressChart {...common} valueText={format.percent} expected={{ from: 0, to: 1 }} />
  }
  const [start, target] = [number(keyResult.start), number(keyResult.target)]
  return (
    <ProgressChart
      {...common}
      valueText={(value) => valueText(keyResult, String(value))}
      expected={start === null || target === null ? null : { from: start, to: target }}
      band={
        isBand
          ? {
              lower: number(keyResult.lower),
              upper: number(keyResult.upper),
              text: bandText(keyResult),
            }
          : undefined
      }
      ticks={keyResult.kind === 'binary' ? [0, 1] : undefined}
    />
  )
}

/** The chart needs the whole history, which a page of it does not hold. */
export function GoalHistory({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const path = { goal_id: goal.id }
  const history = useQuery({
    queryKey: [{ ...listGoalCheckInsQueryKey({ path })[0], every: true }] as const,
    queryFn: ({ signal }) => everyItem((query) => listGoalCheckIns({ path, query, signal })),
  })
  // How a goal went that others move is not known from its own check-ins alone.
  const isDriven = goal.driver === 'key_results'
  const [chosen, choose] = useState(isDriven ? 'all' : (goal.key_results[0]?.id ?? 'all'))
  const options = [
    ...(isDriven ? [{ value: 'all', label: t('goal.chart.whole') }] : []),
    ...goal.key_results.map(({ id, title }) => ({ value: id, label: title })),
  ]
  if (!history.data) return <RowsSkeleton rows={2} />
  return (
    <>
      {options.length > 1 && (
        <Select
          mt="md"
          maw={420}
          className="no-print"
          label={t('goal.chart.of')}
          allowDeselect={false}
          data={options}
          value={chosen}
          onChange={(id) => id && choose(id)}
        />
      )}
      <Suspense fallback={<RowsSkeleton rows={2} />}>
        <Drawn
          key={chosen}
          goal={goal}
          keyResult={goal.key_results.find(({ id }) => id === chosen)}
          checkIns={history.data}
        />
      </Suspense>
    </>
  )
}
