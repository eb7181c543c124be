import { Badge, Button, Card, Group } from '@mantine/core'
import { IconMessageCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/api/gen/types.gen'
import { AudienceLine } from './AudienceLine'
import classes from './Feedback.module.css'
import { FeedbackHead } from './FeedbackHead'
import { FeedbackMenu } from './FeedbackMenu'
import { FeedbackWords, Received } from './FeedbackWords'
import { Proposal } from './Proposal'
import { betweenOf } from './people'
import { Reactions } from './Reactions'
import { ReceiverActs } from './ReceiverActs'

export function HiddenBadge() {
  const { t } = useTranslation()
  return <Badge color="coral">{t('feedback.isHidden')}</Badge>
}

/** Praise or advice, and whether a moderator took it off the wall. */
function Marks({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  return (
    <>
      <Badge color={feedback.kind === 'praise' ? 'leaf' : 'sky'}>
        {t(`feedback.kind.${feedback.kind}`)}
      </Badge>
      {feedback.hidden_at && <HiddenBadge />}
    </>
  )
}

/** Reactions, and the way to what was said about it. */
function Foot({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" justify="space-between" mt="auto">
      <Reactions feedback={feedback} />
      <Group gap={2} ml="auto">
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconMessageCircle size={17} stroke={1.7} />}
          aria-label={t('feedback.comments', { count: feedback.comment_count })}
          renderRoot={(props) => (
            <Link
              to="/feedback/$feedbackId"
              params={{ feedbackId: feedback.id }}
              hash="comments"
              {...props}
            />
          )}
        >
          {feedback.comment_count}
        </Button>
        <FeedbackMenu feedback={feedback} />
      </Group>
    </Group>
  )
}

/** On the wall: who thanks whom for what. */
export function PraiseCard({ feedback }: { feedback: Feedback }) {
  return (
    <Card component="article" className={classes.card}>
      <FeedbackHead feedback={feedback} />
      <FeedbackWords feedback={feedback} />
      <Foot feedback={feedback} />
    </Card>
  )
}

/** Among one's own: also of which kind it is, who reads it, and what may be done about it. */
export function FeedbackCard({ feedback }: { feedback: Feedback }) {
  return (
    <Card component="article" className={classes.card}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <FeedbackHead feedback={feedback} />
        <Group gap={6} justify="flex-end">
          <Marks feedback={feedback} />
        </Group>
      </Group>
      <FeedbackWords feedback={feedback} />
      <Group gap="4px 16px">
        <AudienceLine visibility={feedback.visibility} between={betweenOf(feedback)} />
        <Received feedback={feedback} />
      </Group>
      <Proposal feedback={feedback} />
      <ReceiverActs feedback={feedback} />
      <Foot feedback={feedback} />
    </Card>
  )
}
