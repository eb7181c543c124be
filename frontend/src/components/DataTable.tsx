import { Card, Table } from '@mantine/core'
import type { ReactNode } from 'react'
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.scroll} aria-label={label} tabIndex={0}>
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
