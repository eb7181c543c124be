import { Badge, Card, Divider, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Closing, GoalDetail } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { LoadMore } from '@/components/LoadMore'
import { Markdown } from '@/components/Markdown'
import { StatusBadge } from '@/components/StatusBadge'
import { useFormat } from '@/i18n/format'
import { closingsFeed } from './queries'
import { Retrospective } from './Retrospective'

function ClosingEntry({ closing }: { closing: Closing }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <Group gap={8} mb={4}>
        <StatusBadge status={closing.outcome} />
        {closing.score !== null && (
          <Badge color="brand">
            {t('closings.score', { score: format.number(closing.score) })}
          </Badge>
        )}
        <Text size="xs" c="dimmed">
          {closing.closed_by
            ? t('closings.by', {
                name: closing.closed_by.name,
                date: format.dayOf(closing.closed_at),
              })
            : format.dayOf(closing.closed_at)}
        </Text>
      </Group>
      {closing.note && <Markdown>{closing.note}</Markdown>}
      <Retrospective retrospective={closing.retrospective} />
    </>
  )
}

/** How the goal ended, each time: reopening it loses none of it. */
export function ClosingsCard({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const hasEnded = goal.retrospective !== null
  const feed = useInfiniteQuery({ ...closingsFeed(goal.id), enabled: hasEnded })
  if (!hasEnded) return null
  return (
    <Card>
      <Title order={2} mb="sm">
        {t('goal.closingNote')}
      </Title>
      {goal.is_success !== null && (
        <Text size="sm" mb="sm" fw={560}>
          {t(`closings.${goal.is_success ? 'success' : 'missed'}.${goal.ambition}`)}
        </Text>
      )}
      <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {itemsOf(feed.data).map((closing, index) => (
          <li key={closing.id}>
            {index > 0 && <Divider mb="md" />}
            <ClosingEntry closing={closing} />
          </li>
        ))}
      </Stack>
      <LoadMore feed={feed} />
    </Card>
  )
}
