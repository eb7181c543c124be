import { Drawer, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { itemsOf } from '@/api/paging'
import { ErrorPanel } from '@/components/ErrorPanel'
import { GoalProgress } from '@/components/GoalProgress'
import { LoadMore } from '@/components/LoadMore'
import { PersonAvatar } from '@/components/PersonAvatar'
import { RowsSkeleton } from '@/components/Skeletons'
import { StatusBadge } from '@/components/StatusBadge'
import { useReturnFocus } from '@/components/useReturnFocus'
import { useFormat } from '@/i18n/format'
import { goalsBehindFeed } from './queries'
import type { Counted, InsightsSearch } from './search'

interface GoalsBehindProps {
  search: InsightsSearch
  counted: Counted
  onClosed: () => void
}

/** The goals that a number counts, each with the way to it. */
export function GoalsBehind({ search, counted, onClosed }: GoalsBehindProps) {
  const { t } = useTranslation()
  useReturnFocus()
  return (
    <Drawer
      opened
      onClose={onClosed}
      size="md"
      title={t(`insights.counted.${counted}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Text size="sm" c="dimmed" mb="md">
        {t('insights.behind')}
      </Text>
      <Goals search={search} counted={counted} />
    </Drawer>
  )
}

function Goals({ search, counted }: Omit<GoalsBehindProps, 'onClosed'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const feed = useInfiniteQuery(goalsBehindFeed(search, counted))
  const goals = itemsOf(feed.data)
  if (feed.error) return <ErrorPanel error={feed.error} />
  if (!feed.data) return <RowsSkeleton />
  if (goals.length === 0) return <Text>{t('insights.noneBehind')}</Text>
  return (
    <>
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {goals.map((goal) => (
          <li key={goal.id}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Text size="sm" fw={540}>
                <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
                  {goal.title}
                </Link>
              </Text>
              <StatusBadge
                status={goal.state === 'active' ? (goal.status ?? 'active') : goal.state}
              />
            </Group>
            <Group gap={6} mt={4} mb={6} c="dimmed" wrap="nowrap">
              <PersonAvatar name={goal.owner.name} size={18} />
              <Text size="xs" truncate>
                {goal.owner.name} · {t('goals.due', { date: format.day(goal.due_on) })}
              </Text>
              <Text size="xs" fw={640} className="tabular" ml="auto">
                {goal.progress === null ? '–' : format.percent(goal.progress)}
              </Text>
            </Group>
            <GoalProgress goal={goal} />
          </li>
        ))}
      </Stack>
      <LoadMore feed={feed} />
    </>
  )
}
