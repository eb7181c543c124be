import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Goal } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { GoalProgress } from '@/components/GoalProgress'
import { LoadMore } from '@/components/LoadMore'
import { useFormat } from '@/i18n/format'
import classes from './GoalList.module.css'
import { GoalStatusBadge } from './GoalStatusBadge'
import { runningGoalsFeed } from './queries'

interface GoalRowProps {
  goal: Goal
  onCheckIn?: (goal: Goal) => void
}

function GoalRow({ goal, onCheckIn }: GoalRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const checkable = onCheckIn && goal.state === 'active' && goal.key_result_count > 0
  return (
    <li className={classes.row}>
      <div style={{ minWidth: 0 }}>
        <Text fw={560} size="sm">
          <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
            {goal.title}
          </Link>
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {goal.parent ? t('goals.serves', { title: goal.parent.title }) : goal.cycle?.name}
        </Text>
      </div>
      <div>
        <Group justify="space-between" mb={4} gap={4}>
          <Text size="xs" c="dimmed">
            {t('goals.due', { date: format.day(goal.due_on) })}
          </Text>
          <Text size="xs" fw={620} className="tabular">
            {goal.progress === null ? '–' : format.percent(goal.progress)}
          </Text>
        </Group>
        <GoalProgress goal={goal} />
      </div>
      <div className={classes.end}>
        {checkable ? (
          <Button
            size="xs"
            variant="light"
            aria-label={t('goals.checkInOn', { title: goal.title })}
            onClick={() => onCheckIn(goal)}
          >
            {t('goal.act.check_in')}
          </Button>
        ) : (
          <GoalStatusBadge goal={goal} />
        )}
      </div>
    </li>
  )
}

interface GoalListProps {
  title: string
  ownerId: string
  /** Offered where the goals are the reader's own. */
  onCheckIn?: (goal: Goal) => void
  onNew?: () => void
}

/** The goals of one person that are running. */
export function GoalList({ title, ownerId, onCheckIn, onNew }: GoalListProps) {
  const { t } = useTranslation()
  const feed = useSuspenseInfiniteQuery(runningGoalsFeed(ownerId))
  const goals = itemsOf(feed.data)
  return (
    <Card h="100%">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{title}</Title>
        {goals.length > 0 && (
          <Link to="/goals" search={{ owner: ownerId }} className="row-link no-print">
            <Text size="sm" c="var(--mantine-color-anchor)" component="span">
              {t('goals.inTree')}
            </Text>
          </Link>
        )}
      </Group>
      {goals.length === 0 ? (
        <EmptyState
          icon={IconTargetArrow}
          title={t(onNew ? 'goals.noneTitle' : 'goals.noneOfTheirs')}
          example={onNew && t('goals.emptyExample')}
          action={onNew && <Button onClick={onNew}>{t('goals.new')}</Button>}
        >
          {t(onNew ? 'goals.noneText' : 'goals.noneOfTheirsText')}
        </EmptyState>
      ) : (
        <Stack gap={0} component="ul" className={classes.list}>
          {goals.map((goal) => (
            <GoalRow key={goal.id} goal={goal} onCheckIn={onCheckIn} />
          ))}
        </Stack>
      )}
      <LoadMore feed={feed} />
    </Card>
  )
}
