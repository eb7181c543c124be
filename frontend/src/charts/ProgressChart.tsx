import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { SegmentedControl, Table } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/format'
import { utcOf } from '@/lib/dates'

interface Point {
  /** The instant, in milliseconds. */
  at: number
  progress: number
}

interface ProgressChartProps {
  points: Point[]
  startsOn: string
  dueOn: string
  label: string
}

interface Row {
  at: number
  progress?: number
  expected?: number
}

/** Between two check-ins nothing is known to have changed: the line goes in steps until today. */
function steps(points: Point[], now: number): Row[] {
  const rows = points.flatMap(({ at, progress }, index) => {
    const before = points[index - 1]
    return before
      ? [
          { at, progress: before.progress },
          { at, progress },
        ]
      : [{ at, progress }]
  })
  const last = points.at(-1)
  return last && now > last.at ? [...rows, { at: now, progress: last.progress }] : rows
}

/** Reached so far, step by step, beside the straight line that was expected. */
export default function ProgressChart({ points, startsOn, dueOn, label }: ProgressChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const from = utcOf(startsOn).getTime()
  const to = utcOf(dueOn).getTime()
  // The library asks for a label before there is one.
  const day = (at: unknown) =>
    typeof at === 'number' ? format.day(new Date(at).toISOString().slice(0, 10)) : ''
  const expectedAt = (at: number) => Math.min(1, Math.max(0, (at - from) / (to - from || 1)))
  const rows: Row[] = [
    { at: from, expected: 0 },
    ...steps(points, Math.min(Date.now(), to)),
    { at: to, expected: 1 },
  ].sort((a, b) => a.at - b.at)
  return (
    <figure style={{ margin: '16px 0 0' }} aria-label={label}>
      <SegmentedControl
        size="xs"
        mb="sm"
        className="no-print"
        aria-label={t('chart.view')}
        value={view}
        onChange={(value) => setView(value as 'chart' | 'table')}
        data={[
          { value: 'chart', label: t('chart.chart') },
          { value: 'table', label: t('chart.table') },
        ]}
      />
      {view === 'chart' ? (
        <LineChart
          h={240}
          data={rows}
          dataKey="at"
          withLegend
          withDots={false}
          connectNulls
          gridAxis="x"
          tickLine="none"
          strokeWidth={2.5}
          series={[
            { name: 'progress', label: t('chart.reached'), color: 'brand.5' },
            {
              name: 'expected',
              label: t('chart.expected'),
              color: 'gray.6',
              strokeDasharray: '5 5',
            },
          ]}
          curveType="linear"
          valueFormatter={format.percent}
          xAxisProps={{
            type: 'number',
            scale: 'time',
            domain: [from, Math.max(to, points.at(-1)?.at ?? to)],
            tickFormatter: day,
            ticks: [0, 1, 2, 3, 4].map((quarter) => from + ((to - from) * quarter) / 4),
            minTickGap: 40,
          }}
          lineChartProps={{ margin: { right: 24 } }}
          yAxisProps={{ domain: [0, 1], width: 48 }}
          tooltipProps={{ labelFormatter: day }}
        />
      ) : (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('chart.day')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('chart.reached')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {t('chart.expected')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {points.map(({ at, progress }) => (
              <Table.Tr key={at}>
                <Table.Td>{day(at)}</Table.Td>
                <Table.Td ta="right">{format.percent(progress)}</Table.Td>
                <Table.Td ta="right">{format.percent(expectedAt(at))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </figure>
  )
}
