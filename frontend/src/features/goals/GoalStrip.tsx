import { Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoalProgress } from '@/components/GoalProgress'
import { useFormat } from '@/i18n/format'
import { currentCycle, cyclesOptions, goalTreeOptions } from './queries'

const SHOWN = 4

/** The running goals of one person in a few lines, for a card about them. */
export function GoalStrip({ ownerId }: { ownerId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const { data: tree } = useSuspenseQuery(goalTreeOptions(currentCycle(cycles)?.id))
  const goals = tree.nodes.filter((goal) => goal.owner.id === ownerId && goal.state === 'active')
  if (goals.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('goals.noneOfTheirs')}
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      {goals.slice(0, SHOWN).map((goal) => (
        <div key={goal.id}>
          <Group justify="space-between" wrap="nowrap" gap="sm" mb={4}>
            <Text size="sm" truncate>
              <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
                {goal.title}
              </Link>
            </Text>
            <Group gap={6} wrap="nowrap">
              {goal.is_stale && (
                <Tooltip label={t('goals.stale')}>
                  <IconClockExclamation
                    size={15}
                    role="img"
                    aria-label={t('goals.stale')}
                    color="var(--mantine-color-amber-light-color)"
                  />
                </Tooltip>
              )}
              <Text size="xs" fw={620} className="tabular">
                {goal.progress === null ? '–' : format.percent(goal.progress)}
              </Text>
            </Group>
          </Group>
          <GoalProgress goal={goal} />
        </div>
      ))}
      {goals.length > SHOWN && (
        <Text size="xs">
          <Link to="/goals" search={{ owner: ownerId }} className="row-link">
            {t('common.showAll', { count: goals.length })}
          </Link>
        </Text>
      )}
    </Stack>
  )
}
