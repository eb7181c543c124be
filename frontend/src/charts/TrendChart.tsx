import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/format'
import { toNumber } from '@/lib/decimal'
import { ChartOrTable } from './ChartOrTable'

const HEIGHT = 260

interface TrendPoint {
  day: string
  cycle: string
  goals: number
  on_track: number
  at_risk: number
  off_track: number
  progress: string | null
  expected: string | null
}

interface TrendChartProps {
  points: TrendPoint[]
  label: string
}

const shareOnTrack = ({ on_track, at_risk, off_track }: TrendPoint) => {
  const judged = on_track + at_risk + off_track
  return judged === 0 ? null : on_track / judged
}
const numberOf = (written: string | null) => (written === null ? null : toNumber(written))

/** Week by week over a year: progress beside what was expected, and how many were on track. */
export default function TrendChart({ points, label }: TrendChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = points.map((point) => ({
    day: point.day,
    progress: numberOf(point.progress),
    expected: numberOf(point.expected),
    on_track: shareOnTrack(point),
  }))
  const percent = (value: number | null) => (value === null ? '–' : format.percent(value))
  return (
    <ChartOrTable
      label={label}
      height={HEIGHT}
      chart={
        <LineChart
          h={HEIGHT}
          data={rows}
          dataKey="day"
          withLegend
          withDots={false}
          gridAxis="x"
          tickLine="none"
          strokeWidth={2.5}
          curveType="linear"
          series={[
            { name: 'on_track', label: t('status.on_track'), color: 'leaf.6' },
            { name: 'progress', label: t('chart.reached'), color: 'brand.5' },
            {
              name: 'expected',
              label: t('chart.expected'),
              color: 'gray.6',
              strokeDasharray: '5 5',
            },
          ]}
          valueFormatter={percent}
          xAxisProps={{
            tickFormatter: (day) => (typeof day === 'string' ? format.day(day) : ''),
            minTickGap: 40,
          }}
          yAxisProps={{ domain: [0, 1], width: 52 }}
          lineChartProps={{ margin: { right: 24 } }}
          tooltipProps={{
            labelFormatter: (day) => (typeof day === 'string' ? format.date(day) : ''),
          }}
        />
      }
      table={
        <Table.ScrollContainer minWidth={420} mah={360}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('chart.day')}</Table.Th>
                <Table.Th scope="col">{t('insights.cycle')}</Table.Th>
                {(['on_track', 'reached', 'expected'] as const).map((name) => (
                  <Table.Th key={name} scope="col" ta="right">
                    {name === 'on_track' ? t('status.on_track') : t(`chart.${name}`)}
                  </Table.Th>
                ))}
                <Table.Th scope="col" ta="right">
                  {t('insights.goals')}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {points.map((point) => (
                <Table.Tr key={`${point.cycle} ${point.day}`}>
                  <Table.Td>{format.date(point.day)}</Table.Td>
                  <Table.Td>{point.cycle}</Table.Td>
                  <Table.Td ta="right">{percent(shareOnTrack(point))}</Table.Td>
                  <Table.Td ta="right">{percent(numberOf(point.progress))}</Table.Td>
                  <Table.Td ta="right">{percent(numberOf(point.expected))}</Table.Td>
                  <Table.Td ta="right">{point.goals}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      }
    />
  )
}
