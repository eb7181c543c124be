import { ActionIcon, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { IconGauge, IconPencil, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GoalDetail, KeyResult } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { ProgressBar } from '@/components/ProgressBar'
import { useFormat } from '@/i18n/format'
import classes from './KeyResults.module.css'
import { KeyResultValue } from './KeyResultValue'
import { MilestoneList } from './MilestoneList'
import { ServedBy } from './ServedBy'
import type { GoalSearch } from './search'

interface KeyResultsProps {
  goal: GoalDetail
  onSearch: (change: Partial<GoalSearch>) => void
}

interface OnSearch {
  onSearch: KeyResultsProps['onSearch']
}

interface KeyResultRowProps extends OnSearch {
  goal: GoalDetail
  keyResult: KeyResult
}

function KeyResultRow({ goal, keyResult, onSearch }: KeyResultRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <li className={classes.row}>
      <div className={classes.title}>
        <Text fw={570} size="sm">
          {keyResult.title}
        </Text>
        <Group gap={8} mt={3}>
          <Text size="xs" c="dimmed" className="tabular">
            <KeyResultValue keyResult={keyResult} />
          </Text>
          {keyResult.period_score !== null && (
            <Text size="xs" c="dimmed">
              {t('keyResult.insideFor', { percent: format.percent(keyResult.period_score) })}
            </Text>
          )}
          {keyResult.confidence !== null && (
            <Badge size="sm" color="gray" leftSection={<IconGauge size={12} />}>
              {t('keyResult.confidence', { value: keyResult.confidence })}
            </Badge>
          )}
          <Text size="xs" c="dimmed">
            {keyResult.checked_in_at
              ? format.ago(keyResult.checked_in_at)
              : t('goal.neverCheckedIn')}
          </Text>
        </Group>
        <ServedBy keyResultId={keyResult.id} goals={goal.children} />
      </div>
      <Group gap="sm" wrap="nowrap" className={classes.progress}>
        <div style={{ flex: 1 }}>
          <ProgressBar
            label={t('progress.of', { title: keyResult.title })}
            progress={keyResult.progress}
            status={null}
          />
        </div>
        <Text size="sm" fw={620} w={48} ta="right" className="tabular">
          {keyResult.raw_progress === null ? '–' : format.percent(keyResult.raw_progress)}
        </Text>
      </Group>
      <Group gap={4} wrap="nowrap" justify="flex-end" className="no-print">
        {may(keyResult, 'check_in') && (
          <Button
            size="xs"
            variant="light"
            aria-label={t('goals.checkInOn', { title: keyResult.title })}
            onClick={() => onSearch({ check_in: keyResult.id })}
          >
            {t('goal.act.check_in')}
          </Button>
        )}
        {may(keyResult, 'edit') && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('common.editNamed', { name: keyResult.title })}
            onClick={() => onSearch({ key_result: keyResult.id })}
          >
            <IconPencil size={17} stroke={1.7} />
          </ActionIcon>
        )}
      </Group>
      {keyResult.milestones.length > 0 && <MilestoneList keyResult={keyResult} />}
    </li>
  )
}

export function KeyResults({ goal, onSearch }: KeyResultsProps) {
  const { t } = useTranslation()
  const add = may(goal, 'add_key_result') && (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={15} />}
      className="no-print"
      onClick={() => onSearch({ key_result: 'new' })}
    >
      {t('goal.act.add_key_result')}
    </Button>
  )
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('goal.keyResults')}</Title>
        {goal.key_results.length > 0 && add}
      </Group>
      {goal.key_results.length === 0 ? (
        <EmptyState
          icon={IconGauge}
          title={t('goal.noKeyResultsTitle')}
          example={t('goal.noKeyResultsExample')}
          action={add}
        >
          {t('goal.noKeyResultsText')}
        </EmptyState>
      ) : (
        <Stack gap={0} component="ul" className={classes.list}>
          {goal.key_results.map((keyResult) => (
            <KeyResultRow
              key={keyResult.id}
              goal={goal}
              keyResult={keyResult}
              onSearch={onSearch}
            />
          ))}
        </Stack>
      )}
    </Card>
  )
}
