import { Box, SegmentedControl } from '@mantine/core'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ResponsiveContainer } from 'recharts'

interface ChartOrTableProps {
  label: string
  height: number
  chart: ReactNode
  table: ReactNode
}

/** What a chart draws can be read as a table too. */
export function ChartOrTable({ label, height, chart, table }: ChartOrTableProps) {
  const { t } = useTranslation()
  const [view, setView] = useState<'chart' | 'table'>('chart')
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
      {view === 'chart' ? <Sized height={height}>{chart}</Sized> : table}
    </figure>
  )
}

/**
 * Gives a chart the width that there is. While the page waits for something the chart is hidden
 * and has none: it keeps the last one, where the library's own container would collapse it.
 */
function Sized({ height, children }: { height: number; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setWidth((last) => Math.round(element.clientWidth) || last)
    const observer = new ResizeObserver(measure)
    measure()
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <Box ref={box} mih={height}>
      {width > 0 && (
        <ResponsiveContainer width={width} height={height}>
          {children}
        </ResponsiveContainer>
      )}
    </Box>
  )
}
