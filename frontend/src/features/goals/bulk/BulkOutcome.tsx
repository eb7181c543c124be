import { Alert, Button, List, Progress, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/format'
import type { BulkResult } from './bulk'
import type { useBulk } from './useBulk'

function Plan({ result }: { result: BulkResult }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Stack gap={6}>
      <Text size="sm" fw={570}>
        {result.goals === 0
          ? t('bulk.nobody')
          : t('bulk.plan', { count: result.goals, people: format.number(result.people) })}
      </Text>
      {result.left_out > 0 && (
        <>
          <Text size="sm">{t('bulk.leftOut', { count: result.left_out })}</Text>
          <List size="sm">
            {result.left_out_people.map(({ id, name, reason }) => (
              <List.Item key={id}>
                {name}: {t(`bulk.reason.${reason}`)}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  )
}

/** What would happen, what is happening, or what has happened. */
export function BulkOutcome({ bulk }: { bulk: ReturnType<typeof useBulk> }) {
  const { t } = useTranslation()
  if (bulk.isRunning) {
    const { done, total } = bulk.progress
    return (
      <Progress
        animated
        size="lg"
        value={total > 0 ? (done / total) * 100 : 100}
        aria-label={t(bulk.mode === 'apply' ? 'bulk.working' : 'bulk.looking')}
      />
    )
  }
  if (bulk.failure !== null) {
    return (
      <Alert color="coral" title={t('bulk.failed')} role="alert">
        {bulk.failure}
      </Alert>
    )
  }
  if (!bulk.result) return null
  if (bulk.mode === 'dry_run') {
    return (
      <Alert color="sky" icon={<IconUsers size={18} />} role="status">
        <Plan result={bulk.result} />
      </Alert>
    )
  }
  return (
    <Alert color="leaf" icon={<IconCircleCheck size={18} />} title={t('bulk.done')} role="status">
      <Plan result={bulk.result} />
      <Button
        mt="sm"
        size="xs"
        variant="default"
        renderRoot={(props) => <Link to="/goals" {...props} />}
      >
        {t('bulk.showGoals')}
      </Button>
    </Alert>
  )
}
