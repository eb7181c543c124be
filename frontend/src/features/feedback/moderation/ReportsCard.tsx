import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listFeedbackReportsOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { Feedback } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { useFormat } from '@/i18n/format'
import classes from '../Feedback.module.css'
import { useFeedbackActs } from '../useFeedbackActs'

/** Why it was reported, and the decision. Who reported it is told to nobody. */
export function ReportsCard({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { perform, pending } = useFeedbackActs(feedback)
  const reports = useQuery(listFeedbackReportsOptions({ path: { feedback_id: feedback.id } }))
  const items = reports.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card component="section" aria-label={t('moderation.title')}>
      <Title order={2} mb="md">
        {t('moderation.title')}
      </Title>
      <Stack gap="md">
        {items.map(({ reason, reported_at }) => (
          <blockquote key={reported_at} className={classes.quote}>
            <Text size="sm">{reason}</Text>
            <Text size="xs" c="dimmed">
              {format.elapsed(reported_at)}
            </Text>
          </blockquote>
        ))}
      </Stack>
      <Group gap="xs" mt="md">
        <Button
          size="xs"
          variant="default"
          loading={pending === 'dismiss'}
          onClick={() => perform('dismiss')}
        >
          {t('moderation.dismiss')}
        </Button>
        {may(feedback, 'hide') && (
          <Button
            size="xs"
            color="coral.7"
            loading={pending === 'hide'}
            onClick={() => perform('hide')}
          >
            {t('feedback.hide')}
          </Button>
        )}
      </Group>
    </Card>
  )
}
