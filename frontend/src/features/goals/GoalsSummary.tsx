import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GoalNode } from '@/api/gen/types.gen'
import { barColor } from '@/theme/status'
import { STATUSES } from './search'

/** How many stand how, in one line. */
export function GoalsSummary({ goals }: { goals: Pick<GoalNode, 'status' | 'state'>[] }) {
  const { t } = useTranslation()
  return (
    <Group gap="md">
      <Text size="sm" fw={600}>
        {t('goals.count', { count: goals.length })}
      </Text>
      {STATUSES.map((status) => {
        const count = goals.filter((goal) => goal.status === status).length
        if (count === 0) return null
        return (
          <Group key={status} gap={6}>
            <span
              aria-hidden
              style={{ width: 9, height: 9, borderRadius: 9, background: barColor(status) }}
            />
            <Text size="sm" c="dimmed">
              {count} {t(`status.${status}`)}
            </Text>
          </Group>
        )
      })}
    </Group>
  )
}
