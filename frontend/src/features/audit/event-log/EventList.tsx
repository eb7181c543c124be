import { Anchor, Card, Group, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LogEntry, PersonRef } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { useFormat } from '@/i18n/format'
import { eventLogFeed } from './queries'
import { type LogSearch, logQuery } from './search'
import { useTopics } from './topics'

interface EventListProps {
  search: LogSearch
  onSearch: (change: Partial<LogSearch>) => void
}

function PersonLink({ person }: { person: PersonRef }) {
  return (
    <Text size="sm" component="span">
      <Link to="/people/$personId" params={{ personId: person.id }} className="row-link">
        {person.name}
      </Link>
    </Text>
  )
}

function Actor({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation()
  if (entry.actor) return <PersonLink person={entry.actor} />
  return (
    <Text size="sm" c="dimmed">
      {t('eventLog.nobody')}
    </Text>
  )
}

/** In words, and for integrators by its name. A click shows only facts of this kind. */
function Topic({ topic, onSearch }: { topic: string } & Pick<EventListProps, 'onSearch'>) {
  const { t } = useTranslation()
  const words = useTopics().textOf(topic)
  return (
    <>
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="left"
        aria-label={t('eventLog.only', { topic: words })}
        onClick={() => onSearch({ topic })}
      >
        {words}
      </Anchor>
      {words !== topic && (
        <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {topic}
        </Text>
      )}
    </>
  )
}

function Payload({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation()
  if (entry.payload === null) {
    return (
      <Text size="xs" c="dimmed" fs="italic">
        {t('eventLog.erased')}
      </Text>
    )
  }
  const facts = Object.entries(entry.payload).filter(([, value]) => value !== entry.subject_id)
  return facts.map(([name, value]) => (
    <Text key={name} size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {name}: {typeof value === 'string' ? value : JSON.stringify(value)}
    </Text>
  ))
}

function Subject({ entry }: { entry: LogEntry }) {
  if (entry.subject) return <PersonLink person={entry.subject} />
  return (
    <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
      {entry.subject_id}
    </Text>
  )
}

function useColumns(onSearch: EventListProps['onSearch']): Column<LogEntry>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'at',
      header: t('eventLog.at'),
      width: 170,
      cell: (row) => format.instant(row.occurred_at),
    },
    {
      key: 'topic',
      header: t('eventLog.topic'),
      width: 220,
      cell: (row) => <Topic topic={row.topic} onSearch={onSearch} />,
    },
    { key: 'actor', header: t('eventLog.actor'), cell: (row) => <Actor entry={row} /> },
    { key: 'subject', header: t('eventLog.subject'), cell: (row) => <Subject entry={row} /> },
    { key: 'facts', header: t('eventLog.facts'), cell: (row) => <Payload entry={row} /> },
  ]
}

function EventCard({ entry, onSearch }: { entry: LogEntry } & Pick<EventListProps, 'onSearch'>) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <Topic topic={entry.topic} onSearch={onSearch} />
      <Text size="xs" c="dimmed">
        {format.instant(entry.occurred_at)}
      </Text>
      <Group gap={6} mih={28} mt={4}>
        <Text size="sm" component="span">
          {t('eventLog.actor')}:
        </Text>
        <Actor entry={entry} />
      </Group>
      <Group gap={6} mih={28}>
        <Text size="sm" component="span">
          {t('eventLog.subject')}:
        </Text>
        <Subject entry={entry} />
      </Group>
      <Payload entry={entry} />
    </>
  )
}

export function EventList({ search, onSearch }: EventListProps) {
  const { t } = useTranslation()
  const columns = useColumns(onSearch)
  const feed = useSuspenseInfiniteQuery(eventLogFeed(logQuery(search)))
  const entries = itemsOf(feed.data)
  if (entries.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconHistory} title={t('eventLog.emptyTitle')}>
          {t('eventLog.emptyText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <DataTable
        label={t('eventLog.title')}
        columns={columns}
        rows={entries}
        rowKey={(entry) => entry.id}
        card={(entry) => <EventCard entry={entry} onSearch={onSearch} />}
        fromTop
      />
      <LoadMore feed={feed} />
    </>
  )
}
