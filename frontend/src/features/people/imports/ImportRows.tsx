import { Card, Group, Stack, Table, Text, Title } from '@mantine/core'
import { IconArrowNarrowRight, IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportRowDocument } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { ErrorPanel } from '@/components/ErrorPanel'
import { LoadMore } from '@/components/LoadMore'
import { RowsSkeleton } from '@/components/Skeletons'
import { StatusBadge } from '@/components/StatusBadge'
import type en from '@/i18n/locales/en.json'
import { rowsFeed } from './queries'

const AMBER_TEXT = 'var(--mantine-color-amber-light-color)'

type Row = ImportRowDocument
/** Beside these there are custom attributes, which bring their own names. */
type KnownField = keyof (typeof en)['imports']['field']

/** What changes, field by field: what it was, and what it becomes; or, of somebody new, what is. */
function Changes({ row }: { row: Row }) {
  const { t, i18n } = useTranslation()
  const nameOf = (field: string) =>
    i18n.exists(`imports.field.${field}`)
      ? t(`imports.field.${field as KnownField}`)
      : field.replace('attributes.', '').replaceAll('_', ' ')
  const isNew = row.outcome === 'create'
  return (
    <Stack gap={4}>
      {row.problems.map((problem) => (
        <Text
          key={`${problem.code} ${problem.detail}`}
          size="sm"
          c={row.outcome === 'error' ? 'var(--mantine-color-error)' : AMBER_TEXT}
        >
          {problem.column && `${problem.column}: `}
          {problem.detail}
        </Text>
      ))}
      {isNew && (
        <Text size="sm" lh={1.65}>
          {row.changes.map((change, index) => (
            <span key={change.field}>
              {index > 0 && ' · '}
              <Text span size="sm" c="dimmed">
                {nameOf(change.field)}
              </Text>{' '}
              {change.after}
            </span>
          ))}
        </Text>
      )}
      {!isNew && row.changes.length > 0 && (
        <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0}>
          <Table.Tbody>
            {row.changes.map((change) => (
              <Table.Tr key={change.field}>
                <Table.Td w="34%" valign="top">
                  <Text size="sm" c="dimmed" component="span">
                    {nameOf(change.field)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Group gap={6} component="span">
                    {change.before !== null && (
                      <>
                        <Text size="sm" td="line-through" c="dimmed" component="del">
                          {change.before}
                        </Text>
                        <IconArrowNarrowRight
                          size={15}
                          role="img"
                          aria-label={t('imports.becomes')}
                        />
                      </>
                    )}
                    <Text size="sm" component="ins" td="none">
                      {change.after ?? t('imports.emptied')}
                    </Text>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  )
}

function Who({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <>
      <Text size="sm" fw={560}>
        {row.name ?? t('imports.nameless')}
      </Text>
      <Text size="xs" c="dimmed">
        {row.row > 0 ? t('imports.row', { row: row.row }) : t('imports.notInFile')}
        {row.external_id && ` · ${row.external_id}`}
      </Text>
    </>
  )
}

export function ImportRows(props: { importId: string; outcome: Row['outcome'] | undefined }) {
  const { t } = useTranslation()
  const feed = useInfiniteQuery(rowsFeed(props.importId, props.outcome))
  const rows = itemsOf(feed.data)
  const columns: Column<Row>[] = [
    { key: 'who', header: t('people.name'), width: 220, cell: (row) => <Who row={row} /> },
    {
      key: 'outcome',
      header: t('imports.outcome'),
      width: 140,
      cell: (row) => <StatusBadge status={row.outcome} />,
    },
    { key: 'changes', header: t('imports.changes'), cell: (row) => <Changes row={row} /> },
  ]
  const title = props.outcome ? t(`status.${props.outcome}`) : t('imports.rows')
  return (
    <section aria-label={t('imports.rows')}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {feed.error && <ErrorPanel error={feed.error} onRetry={() => feed.refetch()} />}
      {feed.isPending && (
        <Card>
          <RowsSkeleton />
        </Card>
      )}
      {feed.data && rows.length === 0 && (
        <Card>
          <EmptyState icon={IconListSearch} title={t('imports.noRows')}>
            {t('imports.noRowsText')}
          </EmptyState>
        </Card>
      )}
      {rows.length > 0 && (
        <DataTable
          label={title}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          fromTop
          card={(row) => (
            <Stack gap={8}>
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div>
                  <Who row={row} />
                </div>
                <StatusBadge status={row.outcome} />
              </Group>
              <Changes row={row} />
            </Stack>
          )}
        />
      )}
      <LoadMore feed={feed} />
    </section>
  )
}
