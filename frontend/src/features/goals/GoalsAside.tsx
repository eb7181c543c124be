import { Card, Stack, Text } from '@mantine/core'
import { IconArchive, IconCircleOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { ErrorPanel } from '@/components/ErrorPanel'
import { LoadMore } from '@/components/LoadMore'
import { RowsSkeleton } from '@/components/Skeletons'
import { useFormat } from '@/i18n/format'
import { goalsAsideFeed } from './queries'
import type { GoalsSearch, StateAside } from './search'

interface GoalsAsideProps {
  search: GoalsSearch
  state: StateAside
}

/** What was called off or put away, by title: it stands in no tree any more. */
export function GoalsAside({ search, state }: GoalsAsideProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const feed = useInfiniteQuery(goalsAsideFeed(search, state))
  const goals = itemsOf(feed.data)
  if (feed.error) return <ErrorPanel error={feed.error} />
  if (!feed.data) return <RowsSkeleton />
  return (
    <Card>
      {goals.length === 0 ? (
        <EmptyState
          icon={state === 'archived' ? IconArchive : IconCircleOff}
          title={t(`goals.none.${state}.title`)}
        >
          {t(`goals.none.${state}.text`)}
        </EmptyState>
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {goals.map((goal) => (
            <li key={goal.id}>
              <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
                {goal.title}
              </Link>
              <Text size="xs" c="dimmed">
                {goal.owner.name} · {goal.cycle?.name ?? t('goal.noCycle')} ·{' '}
                {t('goals.due', { date: format.date(goal.due_on) })}
              </Text>
            </li>
          ))}
        </Stack>
      )}
      <LoadMore feed={feed} />
    </Card>
  )
}
