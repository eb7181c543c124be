import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { GoalBrief } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'

/** The goals that are aligned to one key result, below it. */
export function ServedBy({ keyResultId, goals }: { keyResultId: string; goals: GoalBrief[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const serving = goals.filter((goal) => goal.parent_key_result_id === keyResultId)
  if (serving.length === 0) return null
  return (
    <Text size="xs" c="dimmed" mt={3}>
      {t('keyResult.servedBy')}{' '}
      {serving.map((goal, index) => (
        <span key={goal.id}>
          {index > 0 && ', '}
          <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
            {goal.title}
          </Link>
          {goal.progress !== null && ` ${format.percent(goal.progress)}`}
        </span>
      ))}
    </Text>
  )
}
