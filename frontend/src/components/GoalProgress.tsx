import { useTranslation } from 'react-i18next'
import type { Goal } from '@/api/gen/types.gen'
import { ProgressBar } from './ProgressBar'

type Progressing = Pick<Goal, 'title' | 'progress' | 'expected' | 'state' | 'status'>

/** How far a goal is. Where it should be by now is only told of one that people still work on. */
export function GoalProgress({ goal }: { goal: Progressing }) {
  const { t } = useTranslation()
  return (
    <ProgressBar
      label={t('progress.of', { title: goal.title })}
      progress={goal.progress}
      expected={goal.state === 'active' ? goal.expected : null}
      status={goal.status}
    />
  )
}
