import { Card, Table } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './DataTable.module.css'
import { useIsNarrow } from './useIsNarrow'

export interface Column<Row> {
  key: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  width?: number | string
  align?: 'left' | 'right' | 'center'
}

interface DataTableProps<Row> {
  /** What the table lists, for those who hear it. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** The same row where the screen is narrow. Without it, the table scrolls sideways. */
  card?: (row: Row) => ReactNode
  /** Rows of uneven height are easier to read from the top. */
  fromTop?: boolean
}

/** Whether there is more to the right than fits. */
function useScrolls() {
  const scroller = useRef<HTMLElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [scroller, scrolls] as const
}

/** A table where there is room, a list of cards where there is none. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  card,
  fromTop,
}: DataTableProps<Row>) {
  const narrow = useIsNarrow()
  const [scroller, scrolls] = useScrolls()
  if (narrow && card) {
    return (
      <Card p={0}>
        <ul className={classes.cards} aria-label={label}>
          {rows.map((row) => (
            <li key={rowKey(row)}>{card(row)}</li>
          ))}
        </ul>
      </Card>
    )
  }
  return (
    <Card p={0}>
      {/* What scrolls must be reached by keyboard; what does not is no stop on the way. */}
      <section
        ref={scroller}
        className={classes.scroll}
        aria-label={label}
        tabIndex={scrolls ? 0 : undefined}
      >
        <Table className={classes.table} highlightOnHover data-top={fromTop || undefined}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column.key} w={column.width} ta={column.align} scope="col">
                  {column.header}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={rowKey(row)}>
                {columns.map((column) => (
                  <Table.Td key={column.key} ta={column.align}>
                    {column.cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Card>
  )
}
