import { Button, Card, Group, Text, Title } from '@mantine/core'
import { IconHierarchy, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { GoalBrief, GoalDetail } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { ProgressBar } from '@/components/ProgressBar'
import { useFormat } from '@/i18n/format'
import { GoalStatusBadge } from './GoalStatusBadge'
import classes from './KeyResults.module.css'
import { LevelIcon } from './LevelIcon'
import type { GoalSearch } from './search'

function GoalRow({ goal }: { goal: GoalBrief }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <li className={classes.row}>
      <div className={classes.title}>
        <Text fw={570} size="sm">
          <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
            {goal.title}
          </Link>
        </Text>
        <Group gap={6} mt={3} c="dimmed">
          <LevelIcon level={goal.level} size={15} />
          <Text size="xs">{goal.owner.name}</Text>
        </Group>
      </div>
      <Group gap="sm" wrap="nowrap">
        <div style={{ flex: 1 }}>
          <ProgressBar
            label={t('progress.of', { title: goal.title })}
            progress={goal.progress}
            expected={goal.state === 'active' ? goal.expected : null}
            status={goal.status}
          />
        </div>
        <Text size="sm" fw={620} w={48} ta="right" className="tabular">
          {goal.progress === null ? '–' : format.percent(goal.progress)}
        </Text>
      </Group>
      <div className={classes.end}>
        <GoalStatusBadge goal={goal} />
      </div>
    </li>
  )
}

interface AlignedGoalsProps {
  goal: GoalDetail
  onSearch: (change: Partial<GoalSearch>) => void
}

/** The goals that serve this one. */
export function AlignedGoals({ goal, onSearch }: AlignedGoalsProps) {
  const { t } = useTranslation()
  const mayAdd = may(goal, 'add_child')
  if (goal.children.length === 0 && !mayAdd) return null
  const add = mayAdd && (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={15} />}
      className="no-print"
      onClick={() => onSearch({ under: true })}
    >
      {t('goal.act.add_child')}
    </Button>
  )
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('goal.aligned')}</Title>
        {goal.children.length > 0 && add}
      </Group>
      {goal.children.length === 0 ? (
        <EmptyState compact icon={IconHierarchy} title={t('goal.noAlignedTitle')} action={add}>
          {t('goal.noAlignedText')}
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {goal.children.map((child) => (
            <GoalRow key={child.id} goal={child} />
          ))}
        </ul>
      )}
      {goal.hidden_child_count > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('goal.hiddenChildren', { count: goal.hidden_child_count })}
        </Text>
      )}
    </Card>
  )
}
