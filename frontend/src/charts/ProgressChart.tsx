import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ReferenceArea } from 'recharts'
import { useFormat } from '@/i18n/format'
import { utcOf } from '@/lib/dates'
import { ChartOrTable } from './ChartOrTable'

const HEIGHT = 240

interface Point {
  /** The instant, in milliseconds. */
  at: number
  value: number
}

interface Band {
  lower: number | null
  upper: number | null
  /** In words, for the table and for those who hear it. */
  text: string
}

interface ProgressChartProps {
  points: Point[]
  startsOn: string
  dueOn: string
  label: string
  valueText: (value: number) => string
  /** Where the straight line begins and ends that was expected; a band has none. */
  expected: { from: number; to: number } | null
  /** Where the value is to stay. */
  band?: Band
  /** The only values there are: yes and no. */
  ticks?: number[]
}

interface Row {
  at: number
  reached?: number
  expected?: number
}

/** Between two check-ins nothing is known to have changed: the line goes in steps until today. */
function steps(points: Point[], now: number): Row[] {
  const rows = points.flatMap(({ at, value }, index) => {
    const before = points[index - 1]
    return before
      ? [
          { at, reached: before.value },
          { at, reached: value },
        ]
      : [{ at, reached: value }]
  })
  const last = points.at(-1)
  return last && now > last.at ? [...rows, { at: now, reached: last.value }] : rows
}

const EXPECTED = (label: string) => ({
  name: 'expected',
  label,
  color: 'gray.6',
  strokeDasharray: '5 5',
})

/** From the least to the most that is drawn, with some air around a band. */
function domainOf(points: Point[], { expected, band }: ProgressChartProps): [number, number] {
  const drawn = [
    ...points.map(({ value }) => value),
    ...(expected ? [expected.from, expected.to] : []),
    ...(band ? [band.lower, band.upper].filter((side) => side !== null) : []),
  ]
  const [least, most] = [Math.min(...drawn), Math.max(...drawn)]
  const air = band ? (most - least || Math.abs(most) || 1) / 5 : 0
  return [least - air, most + air]
}

/** Reached so far, step by step, beside what was expected: a straight line, or a band to stay in. */
export default function ProgressChart(props: ProgressChartProps) {
  const { points, startsOn, dueOn, label, valueText, expected, band, ticks } = props
  const { t } = useTranslation()
  const format = useFormat()
  const from = utcOf(startsOn).getTime()
  const to = utcOf(dueOn).getTime()
  // The library asks for a label before there is one.
  const day = (at: unknown) =>
    typeof at === 'number' ? format.day(new Date(at).toISOString().slice(0, 10)) : ''
  const expectedAt = (at: number) => {
    if (!expected) return band?.text ?? ''
    const share = Math.min(1, Math.max(0, (at - from) / (to - from || 1)))
    return valueText(expected.from + (expected.to - expected.from) * share)
  }
  const [least, most] = domainOf(points, props)
  const sides = band && [band.lower, band.upper].filter((side) => side !== null)
  const rows: Row[] = [
    { at: from, expected: expected?.from },
    ...steps(points, Math.min(Date.now(), to)),
    { at: to, expected: expected?.to },
  ].sort((a, b) => a.at - b.at)
  return (
    <ChartOrTable
      label={label}
      height={HEIGHT}
      chart={
        <LineChart
          h={HEIGHT}
          data={rows}
          dataKey="at"
          withLegend
          withDots={band !== undefined}
          connectNulls
          gridAxis="x"
          tickLine="none"
          strokeWidth={2.5}
          series={[
            { name: 'reached', label: t('chart.reached'), color: 'brand.5' },
            ...(expected ? [EXPECTED(t('chart.expected'))] : []),
          ]}
          curveType="linear"
          valueFormatter={valueText}
          xAxisProps={{
            type: 'number',
            scale: 'time',
            domain: [from, Math.max(to, points.at(-1)?.at ?? to)],
            tickFormatter: day,
            ticks: [0, 1, 2, 3, 4].map((quarter) => from + ((to - from) * quarter) / 4),
            minTickGap: 40,
          }}
          lineChartProps={{ margin: { right: 24 } }}
          yAxisProps={{ domain: [least, most], width: 76, ticks: ticks ?? sides }}
          tooltipProps={{ labelFormatter: day }}
        >
          {band && (
            <ReferenceArea
              y1={band.lower ?? least}
              y2={band.upper ?? most}
              fill="var(--mantine-color-leaf-5)"
              fillOpacity={0.16}
              label={{
                value: band.text,
                position: 'insideTopRight',
                fontSize: 12,
                fill: 'currentColor',
              }}
            />
          )}
        </LineChart>
      }
      table={
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
            {points.map(({ at, value }) => (
              <Table.Tr key={at}>
                <Table.Td>{day(at)}</Table.Td>
                <Table.Td ta="right">{valueText(value)}</Table.Td>
                <Table.Td ta="right">{expectedAt(at)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      }
    />
  )
}
