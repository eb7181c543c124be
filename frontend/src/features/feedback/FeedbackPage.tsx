import { Card, Grid, Group, Stack, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { PageHeader } from '@/components/PageHeader'
import { useFormat } from '@/i18n/format'
import { AudienceLine } from './AudienceLine'
import { namesOf } from './audience'
import { CommentsCard } from './comments/CommentsCard'
import classes from './Feedback.module.css'
import { HiddenBadge } from './FeedbackCard'
import { FeedbackHead } from './FeedbackHead'
import { FeedbackMenu } from './FeedbackMenu'
import { FeedbackWords, Received } from './FeedbackWords'
import { ReportsCard } from './moderation/ReportsCard'
import { Proposal } from './Proposal'
import { betweenOf, receiversOf } from './people'
import { feedbackOptions } from './queries'
import { Reactions } from './Reactions'
import { ReceiverActs } from './ReceiverActs'
import type { FeedbackDrawer } from './search'
import { useFeedbackActs } from './useFeedbackActs'

// Its forms are behind a click: they come once the page is drawn.
const FeedbackDrawers = lazy(async () => ({
  default: (await import('./FeedbackDrawers')).FeedbackDrawers,
}))

interface FeedbackPageProps {
  feedbackId: string
  opened: FeedbackDrawer | undefined
  onOpen: (drawer: FeedbackDrawer | undefined) => void
  /** Why it is visible and to whom, brought by the route: features are strangers. */
  access: ReactNode
}

function Withdraw({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const { perform, pending } = useFeedbackActs(feedback)
  if (!may(feedback, 'withdraw')) return null
  return (
    <ConfirmButton
      question={t('feedback.withdrawQuestion')}
      confirmLabel={t('feedback.withdraw')}
      loading={pending === 'withdraw'}
      onConfirm={() => perform('withdraw')}
    >
      {t('feedback.withdraw')}
    </ConfirmButton>
  )
}

/** One piece of feedback: what was said, who reads it, and what came of it. */
export function FeedbackPage({ feedbackId, opened, onOpen, access }: FeedbackPageProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const { data: feedback } = useSuspenseQuery(feedbackOptions(feedbackId))
  const names = format.list(namesOf(t, receiversOf(feedback), me.person.id))
  return (
    <>
      <PageHeader
        title={t(`feedback.title.${feedback.kind}`, { names })}
        subtitle={t('feedback.from', {
          name: feedback.giver.name,
          date: format.date(feedback.given_on),
        })}
        breadcrumb={
          <Text size="sm" mb={4}>
            <Link to="/feedback" className="row-link">
              {t('feedback.pageTitle')}
            </Link>
          </Text>
        }
        status={feedback.hidden_at && <HiddenBadge />}
        actions={<Withdraw feedback={feedback} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <Card component="article" className={classes.card}>
              <FeedbackHead feedback={feedback} />
              <FeedbackWords feedback={feedback} />
              <Group gap="4px 16px">
                <AudienceLine visibility={feedback.visibility} between={betweenOf(feedback)} />
                <Received feedback={feedback} />
              </Group>
              <Proposal feedback={feedback} />
              <ReceiverActs feedback={feedback} />
              <Group justify="space-between">
                <Reactions feedback={feedback} />
                <FeedbackMenu feedback={feedback} />
              </Group>
            </Card>
            <CommentsCard feedback={feedback} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            {may(me, 'moderate_feedback') && <ReportsCard feedback={feedback} />}
            {access}
          </Stack>
        </Grid.Col>
      </Grid>
      {opened && (
        <Suspense fallback={null}>
          <FeedbackDrawers feedback={feedback} opened={opened} onClosed={() => onOpen(undefined)} />
        </Suspense>
      )}
    </>
  )
}
