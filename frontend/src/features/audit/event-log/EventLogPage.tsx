import { Button, Card, Tabs } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { exportEventLog } from '@/api/gen/sdk.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { PageHeader } from '@/components/PageHeader'
import { RowsSkeleton } from '@/components/Skeletons'
import { today } from '@/lib/dates'
import { saveFile } from '@/lib/files'
import { ChainCard } from './ChainCard'
import { DeadLetters } from './DeadLetters'
import { EventFilters } from './EventFilters'
import { EventList } from './EventList'
import { LOG_TABS, type LogSearch, type LogTab, logQuery } from './search'

interface EventLogPageProps {
  search: LogSearch
  onSearch: (change: Partial<LogSearch>) => void
}

function ExportButton({ search }: { search: LogSearch }) {
  const { t } = useTranslation()
  const download = useMutation({
    mutationFn: async () =>
      (await exportEventLog({ query: logQuery(search), parseAs: 'blob' })).data,
    onSuccess: (file) =>
      saveFile(new Blob([file], { type: 'text/csv' }), `event-log-${today()}.csv`),
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {t('eventLog.export')}
    </Button>
  )
}

function Waiting() {
  return (
    <Card>
      <RowsSkeleton />
    </Card>
  )
}

/** What has happened in the organization, and what did not go through. */
export function EventLogPage({ search, onSearch }: EventLogPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const tab = search.tab ?? 'events'
  return (
    <>
      <PageHeader
        title={t('eventLog.title')}
        subtitle={me.organization.name}
        actions={tab === 'events' && <ExportButton search={search} />}
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => onSearch({ tab: next === 'dead' ? (next as LogTab) : undefined })}
      >
        <Tabs.List mb="md">
          {LOG_TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`eventLog.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="events">
          {may(me, 'read_event_log') && <ChainCard />}
          <EventFilters search={search} onSearch={onSearch} />
          <Suspense key={JSON.stringify(logQuery(search))} fallback={<Waiting />}>
            <EventList search={search} onSearch={onSearch} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="dead">
          <Suspense fallback={<Waiting />}>
            <DeadLetters />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
