import { Button, Card, Text } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { PageHeader } from '@/components/PageHeader'
import { StatusBadge } from '@/components/StatusBadge'
import { useFormat } from '@/i18n/format'
import { importsFeed } from './queries'

function NewImport() {
  const { t } = useTranslation()
  return (
    <Button
      leftSection={<IconPlus size={17} />}
      renderRoot={(props) => <Link to="/admin/imports/new" {...props} />}
    >
      {t('imports.new')}
    </Button>
  )
}

function useColumns(): Column<Import>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'file',
      header: t('imports.file'),
      cell: (row) => (
        <Text size="sm" fw={560}>
          <Link to="/admin/imports/$importId" params={{ importId: row.id }} className="row-link">
            {row.file_name}
          </Link>
        </Text>
      ),
    },
    {
      key: 'status',
      header: t('imports.state'),
      cell: (row) => <StatusBadge status={row.status} />,
    },
    {
      key: 'changes',
      header: t('imports.changes'),
      cell: ({ summary }) =>
        summary &&
        t('imports.counts', {
          create: summary.create,
          update: summary.update,
          deactivate: summary.deactivate,
        }),
    },
    { key: 'warnings', header: t('imports.warnings'), cell: (row) => row.warnings.length || '' },
    { key: 'by', header: t('imports.by'), cell: (row) => row.created_by?.name },
    { key: 'at', header: t('imports.at'), cell: (row) => format.instant(row.created_at) },
  ]
}

export function ImportsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useColumns()
  const feed = useSuspenseInfiniteQuery(importsFeed())
  const imports = itemsOf(feed.data)
  return (
    <>
      <PageHeader
        title={t('imports.title')}
        subtitle={t('imports.subtitle')}
        actions={<NewImport />}
      />
      {imports.length === 0 ? (
        <Card>
          <EmptyState
            icon={IconFileImport}
            title={t('imports.emptyTitle')}
            example={t('imports.emptyExample')}
            action={<NewImport />}
          >
            {t('imports.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <DataTable
          label={t('imports.title')}
          columns={columns}
          rows={imports}
          rowKey={(row) => row.id}
          card={(row) => (
            <>
              <Text size="sm" fw={560}>
                <Link
                  to="/admin/imports/$importId"
                  params={{ importId: row.id }}
                  className="row-link"
                >
                  {row.file_name}
                </Link>
              </Text>
              <Text size="xs" c="dimmed" mb={6}>
                {format.instant(row.created_at)}
              </Text>
              <StatusBadge status={row.status} />
            </>
          )}
        />
      )}
      <LoadMore feed={feed} />
    </>
  )
}
