import { Button, Card, Collapse, Group, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChartLine, IconMathFunction } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalDetail } from '@/api/gen/types.gen'
import { ProgressBar } from '@/components/ProgressBar'
import { RowsSkeleton } from '@/components/Skeletons'
import { useFormat } from '@/i18n/format'
import { paceOf } from './logic'
import classes from './ProgressCard.module.css'
import { Provenance } from './provenance/Provenance'

const GoalHistory = lazy(async () => ({ default: (await import('./GoalHistory')).GoalHistory }))

function Pace({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const pace = paceOf(goal)
  if (goal.state === 'draft') return <>{t('goal.pace.draft')}</>
  if (goal.progress === null) return <>{t('goal.pace.none')}</>
  if (goal.state !== 'active' || !pace) return <>{t('goal.pace.final')}</>
  return <>{t(`goal.pace.${pace.kind}`, { count: pace.points })}</>
}

interface ProgressCardProps {
  goal: GoalDetail
  /** What the number is made of is known of today only. */
  looksBack?: boolean
}

export function ProgressCard({ goal, looksBack = false }: ProgressCardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [explained, explain] = useDisclosure()
  const [charted, chart] = useDisclosure()
  const hasParts = goal.key_results.length + goal.child_count + goal.hidden_child_count > 0
  return (
    <Card>
      <Title order={2} className={classes.heading}>
        {t('goal.progress')}
      </Title>
      <Group align="baseline" gap="md" mb="md">
        <Text className={classes.number}>
          {goal.progress === null ? '–' : format.percent(goal.progress)}
        </Text>
        <Text c="dimmed">
          <Pace goal={goal} />
        </Text>
      </Group>
      <ProgressBar
        size="lg"
        label={t('progress.of', { title: goal.title })}
        progress={goal.progress}
        expected={goal.state === 'active' ? goal.expected : null}
        status={goal.status}
      />
      {goal.state === 'active' && goal.expected !== null && (
        <Group gap={6} mt="sm">
          <span className={classes.markerKey} aria-hidden />
          <Text size="xs" c="dimmed">
            {t('goals.expected', { percent: format.percent(goal.expected) })}
          </Text>
        </Group>
      )}
      <Group gap="xs" mt="md" className="no-print">
        {hasParts && !looksBack && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconMathFunction size={16} />}
            onClick={explain.toggle}
            aria-expanded={explained}
          >
            {t('provenance.open')}
          </Button>
        )}
        {!looksBack && goal.key_results.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconChartLine size={16} />}
            onClick={chart.toggle}
            aria-expanded={charted}
          >
            {t('goal.chart.open')}
          </Button>
        )}
      </Group>
      <Collapse expanded={explained}>{explained && <Provenance goalId={goal.id} />}</Collapse>
      <Suspense fallback={<RowsSkeleton rows={2} />}>
        {charted && <GoalHistory goal={goal} />}
      </Suspense>
    </Card>
  )
}
