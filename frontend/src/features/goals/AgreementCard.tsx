import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { IconHeartHandshake, IconMessage2Exclamation } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { agreeToGoal } from '@/api/gen/sdk.gen'
import type { GoalDetail, Negotiation } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { LoadMore } from '@/components/LoadMore'
import { Markdown } from '@/components/Markdown'
import { toastDone } from '@/components/toasts'
import { useFormat } from '@/i18n/format'
import { negotiationsFeed, useRefreshGoals } from './queries'
import type { GoalSearch } from './search'

function Step({ step }: { step: Negotiation }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <li>
      <Text size="sm">{t(`agreement.step.${step.step}`, { name: step.by.name })}</Text>
      <Text size="xs" c="dimmed" component="time" dateTime={step.at}>
        {format.ago(step.at)}
      </Text>
      {step.comment && <Markdown>{step.comment}</Markdown>}
    </li>
  )
}

interface AgreementCardProps {
  goal: GoalDetail
  onSearch: (change: Partial<GoalSearch>) => void
}

/** How owner and manager came to agree; what waits for the reader is answered here. */
export function AgreementCard({ goal, onSearch }: AgreementCardProps) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  const feed = useInfiniteQuery(negotiationsFeed(goal.id))
  const agree = useMutation({
    // What is agreed is what this page shows: a later change is told, and read first.
    mutationFn: () =>
      agreeToGoal({ path: { goal_id: goal.id }, body: { step_id: goal.last_step_id ?? '' } }),
    onSuccess: () => toastDone(t('agreement.done', { title: goal.title })),
    onSettled: refresh,
  })
  const steps = itemsOf(feed.data)
  if (steps.length === 0) return null
  return (
    <Card>
      <Title order={2} mb="sm">
        {t('agreement.title')}
      </Title>
      {may(goal, 'agree') && (
        <Group gap="xs" mb="md" className="no-print">
          <Button
            size="xs"
            leftSection={<IconHeartHandshake size={15} />}
            loading={agree.isPending}
            onClick={() => agree.mutate()}
          >
            {t('goal.act.agree')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMessage2Exclamation size={15} />}
            onClick={() => onSearch({ request_changes: true })}
          >
            {t('goal.act.request_changes')}
          </Button>
        </Group>
      )}
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </Stack>
      <LoadMore feed={feed} />
    </Card>
  )
}
