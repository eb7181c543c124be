import { ActionIcon, Badge, Button, Card, Group, Menu, Stack, Text, Title } from '@mantine/core'
import { IconDots, IconGauge, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { removeKeyResult } from '@/api/gen/sdk.gen'
import type { GoalDetail, KeyResult } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { ProgressBar } from '@/components/ProgressBar'
import { toastDone } from '@/components/toasts'
import { useFormat } from '@/i18n/format'
import classes from './KeyResults.module.css'
import { KeyResultValue } from './KeyResultValue'
import { useRefreshGoals } from './queries'
import type { GoalSearch } from './search'

interface KeyResultsProps {
  goal: GoalDetail
  onSearch: (change: Partial<GoalSearch>) => void
}

function KeyResultMenu({ keyResult, onSearch }: { keyResult: KeyResult } & OnSearch) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  const remove = useMutation({
    mutationFn: () =>
      removeKeyResult({
        path: { key_result_id: keyResult.id },
        headers: ifMatch(tagOf(keyResult)),
      }),
    onSuccess: () => toastDone(t('keyResult.removed')),
    onSettled: refresh,
  })
  if (!may(keyResult, 'edit') && !may(keyResult, 'remove')) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('keyResult.more', { title: keyResult.title })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may(keyResult, 'edit') && (
          <Menu.Item
            leftSection={<IconPencil size={16} />}
            onClick={() => onSearch({ key_result: keyResult.id })}
          >
            {t('common.edit')}
          </Menu.Item>
        )}
        {may(keyResult, 'remove') && (
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => remove.mutate()}>
            {t('common.remove')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

interface OnSearch {
  onSearch: KeyResultsProps['onSearch']
}

function KeyResultRow({ keyResult, onSearch }: { keyResult: KeyResult } & OnSearch) {
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
          {format.percent(keyResult.raw_progress)}
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
        <KeyResultMenu keyResult={keyResult} onSearch={onSearch} />
      </Group>
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
            <KeyResultRow key={keyResult.id} keyResult={keyResult} onSearch={onSearch} />
          ))}
        </Stack>
      )}
    </Card>
  )
}
