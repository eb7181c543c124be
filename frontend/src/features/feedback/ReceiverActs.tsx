import { Button, Group } from '@mantine/core'
import {
  IconCheck,
  IconHeartHandshake,
  IconMessageQuestion,
  IconTargetArrow,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { useFeedbackActs } from './useFeedbackActs'

/** What whoever received it may say and do about it. */
export function ReceiverActs({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const { perform, pending, open } = useFeedbackActs(feedback)
  const made = feedback.receivers.find(({ goal }) => goal)?.goal
  const isReceiver = ['thank', 'acknowledge', 'make_a_goal'].some((act) => may(feedback, act))
  if (!isReceiver && !made) return null
  return (
    <Group gap="xs" className="no-print">
      {may(feedback, 'thank') && (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconHeartHandshake size={16} />}
          loading={pending === 'thank'}
          onClick={() => perform('thank')}
        >
          {t('feedback.thank')}
        </Button>
      )}
      {may(feedback, 'acknowledge') && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCheck size={16} />}
          loading={pending === 'acknowledge'}
          onClick={() => perform('acknowledge')}
        >
          {t('feedback.acknowledge')}
        </Button>
      )}
      {may(feedback, 'comment') && feedback.kind === 'advice' && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMessageQuestion size={16} />}
          renderRoot={(props) => (
            <Link
              to="/feedback/$feedbackId"
              params={{ feedbackId: feedback.id }}
              hash="comments"
              {...props}
            />
          )}
        >
          {t('feedback.ask')}
        </Button>
      )}
      {made && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconTargetArrow size={16} />}
          renderRoot={(props) => (
            <Link to="/goals/$goalId" params={{ goalId: made.id }} {...props} />
          )}
        >
          {made.title}
        </Button>
      )}
      {may(feedback, 'make_a_goal') && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTargetArrow size={16} />}
          onClick={() => open('goal')}
        >
          {t('feedback.makeGoal')}
        </Button>
      )}
    </Group>
  )
}
