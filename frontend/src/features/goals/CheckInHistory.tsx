import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { GoalCheckIn } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { Markdown } from '@/components/Markdown'
import { PersonAvatar } from '@/components/PersonAvatar'
import { useFormat } from '@/i18n/format'
import { Cheers } from './Cheers'
import { checkInFeed } from './queries'
import { useValueText } from './useValueText'

/** "reported 48 points for ...", or which milestones were done by then. */
function Reported({ entry }: { entry: GoalCheckIn }) {
  const { t } = useTranslation()
  const format = useFormat()
  const valueText = useValueText()
  const { key_result, value, done_milestones } = entry
  const { title } = key_result
  if (key_result.kind !== 'milestones') {
    return <>{t('checkIn.reported', { value: valueText(key_result, value), title })}</>
  }
  if (done_milestones.length === 0) return <>{t('checkIn.reportedNone', { title })}</>
  const done = format.list(done_milestones.map((step) => step.title))
  return <>{t('checkIn.reportedDone', { done, title })}</>
}

function Entry({ entry }: { entry: GoalCheckIn }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" component="li">
      <PersonAvatar name={entry.author.name} size={34} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm">
          <Text span fw={600}>
            {entry.author.name}
          </Text>{' '}
          <Text span c="dimmed">
            <Reported entry={entry} />
          </Text>
        </Text>
        <Group gap={8} mt={3}>
          <Text size="xs" c="dimmed" component="time" dateTime={entry.checked_in_at}>
            {format.ago(entry.checked_in_at)}
          </Text>
          <Badge size="sm" color="brand">
            {format.percent(entry.raw_progress)}
          </Badge>
          {entry.confidence !== null && (
            <Badge size="sm" color="gray">
              {t('keyResult.confidence', { value: entry.confidence })}
            </Badge>
          )}
          <Cheers entry={entry} />
        </Group>
        {entry.comment && (
          <Text size="sm" mt={6} component="div">
            <Markdown>{entry.comment}</Markdown>
          </Text>
        )}
      </div>
    </Group>
  )
}

interface CheckInHistoryProps {
  goalId: string
  /** Until the end of this day. */
  asOf?: string | undefined
}

/** What was reported, newest first; nothing here is ever rewritten. */
export function CheckInHistory({ goalId, asOf }: CheckInHistoryProps) {
  const { t } = useTranslation()
  const feed = useSuspenseInfiniteQuery(checkInFeed(goalId, asOf))
  const entries = itemsOf(feed.data)
  return (
    <Card>
      <Title order={2} mb="md">
        {t('checkIn.history')}
      </Title>
      {entries.length === 0 ? (
        <EmptyState icon={IconHistory} title={t('checkIn.noneTitle')}>
          {t('checkIn.noneText')}
        </EmptyState>
      ) : (
        <Stack gap="lg" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </Stack>
      )}
      <LoadMore feed={feed} />
    </Card>
  )
}
