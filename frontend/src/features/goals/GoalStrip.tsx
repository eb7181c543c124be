import { Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listGoalsOptions } from '@/api/gen/@tanstack/react-query.gen'
import { ProgressBar } from '@/components/ProgressBar'
import { RowsSkeleton } from '@/components/Skeletons'
import { useFormat } from '@/i18n/format'

const SHOWN = 4

/** The running goals of one person in a few lines, for a card about them. */
export function GoalStrip({ ownerId }: { ownerId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const goals = useQuery(
    listGoalsOptions({ query: { owner_id: ownerId, state: 'active', limit: SHOWN } }),
  )
  if (!goals.data) return <RowsSkeleton rows={1} />
  if (goals.data.items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('goals.noneOfTheirs')}
      </Text>
    )
  }
  return (
    <Stack gap="sm">
      {goals.data.items.map((goal) => (
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
          <ProgressBar
            label={t('progress.of', { title: goal.title })}
            progress={goal.progress}
            expected={goal.expected}
            status={goal.status}
          />
        </div>
      ))}
    </Stack>
  )
}
