import { Alert, Button, Group, Text } from '@mantine/core'
import { IconUsersPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { useAudienceText } from './audience'
import { betweenOf } from './people'
import { useFeedbackActs } from './useFeedbackActs'

/** More people may read it, if everybody agrees whom it concerns. */
export function Proposal({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const audienceText = useAudienceText()
  const { perform, pending } = useFeedbackActs(feedback)
  if (!feedback.proposed_visibility) return null
  return (
    <Alert color="sky" icon={<IconUsersPlus size={18} />} title={t('feedback.proposal.title')}>
      <Text size="sm">
        {t('feedback.proposal.readers', {
          audience: audienceText(feedback.proposed_visibility, betweenOf(feedback)),
        })}{' '}
        {t(feedback.waits_for_you ? 'feedback.proposal.waits' : 'feedback.proposal.others')}
      </Text>
      <Group gap="xs" mt="sm">
        {may(feedback, 'agree') && (
          <Button size="xs" loading={pending === 'agree'} onClick={() => perform('agree')}>
            {t('feedback.proposal.agree')}
          </Button>
        )}
        {may(feedback, 'decline') && (
          <Button
            size="xs"
            variant="default"
            loading={pending === 'decline'}
            onClick={() => perform('decline')}
          >
            {t('feedback.proposal.keep')}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
