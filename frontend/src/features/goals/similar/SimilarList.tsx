import { Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SimilarGoal } from '@/api/gen/types.gen'
import { StatusBadge } from '@/components/StatusBadge'
import { LevelIcon } from '../LevelIcon'

interface SimilarListProps {
  goals: SimilarGoal[]
  /** Beside what is being written, a goal opens elsewhere. */
  elsewhere?: boolean
  /** Aligns what is being written to a goal that has not ended. */
  onAlign?: (goal: SimilarGoal) => void
}

/** Goals that say nearly the same: whose, of when, and how they stand. */
export function SimilarList({ goals, elsewhere, onAlign }: SimilarListProps) {
  const { t } = useTranslation()
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {goals.map((goal) => (
        <Group
          key={goal.id}
          component="li"
          gap="sm"
          wrap="nowrap"
          align="flex-start"
          justify="space-between"
        >
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={540}>
              <Link
                to="/goals/$goalId"
                params={{ goalId: goal.id }}
                className="row-link"
                target={elsewhere ? '_blank' : undefined}
              >
                {goal.title}
              </Link>
            </Text>
            <Group gap={6} mt={2} c="dimmed" wrap="nowrap">
              <LevelIcon level={goal.level} size={15} />
              <Text size="xs">
                {goal.owner.name} · {goal.cycle?.name ?? t('goal.noCycle')}
              </Text>
            </Group>
            {onAlign && goal.state !== 'closed' && (
              <Button
                size="compact-xs"
                variant="subtle"
                ml={-8}
                aria-label={`${t('similar.align')}: ${goal.title}`}
                onClick={() => onAlign(goal)}
              >
                {t('similar.align')}
              </Button>
            )}
          </div>
          <StatusBadge status={goal.state === 'active' ? (goal.status ?? 'active') : goal.state} />
        </Group>
      ))}
    </Stack>
  )
}
