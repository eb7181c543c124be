import { Group, List, Stack, Text } from '@mantine/core'
import { IconCalendarDue } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FeedbackRequest } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { useFormat } from '@/i18n/format'
import { AudienceLine } from '../AudienceLine'

/** Who asks about whom: "Ben asks you about Anna", or for feedback of their own. */
export function useAsked() {
  const { t } = useTranslation()
  const me = useMe()
  return ({ requester, about }: FeedbackRequest) => {
    const isMine = requester.id === me.person.id
    if (about.id === requester.id) {
      return isMine ? t('requests.youAboutYou') : t('requests.aboutThem', { name: requester.name })
    }
    return isMine
      ? t('requests.youAbout', { about: about.name })
      : t('requests.aboutOther', { name: requester.name, about: about.name })
  }
}

/** What is asked, until when, and who will read the answer. */
export function Questions({ request }: { request: FeedbackRequest }) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  return (
    <Stack gap="sm">
      {request.questions.length === 1 ? (
        <Text size="sm">{request.questions[0]}</Text>
      ) : (
        <List size="sm" spacing={4} type="ordered">
          {request.questions.map((question) => (
            <List.Item key={question}>{question}</List.Item>
          ))}
        </List>
      )}
      <AudienceLine
        visibility={request.visibility}
        between={{
          giver: request.requester.id === me.person.id ? null : me.person,
          receivers: [request.about],
          requester: request.requester,
        }}
      />
      {request.due_on && (
        <Group gap={6} wrap="nowrap" c="dimmed">
          <IconCalendarDue size={15} stroke={1.7} aria-hidden />
          <Text size="xs">{t('requests.dueOn', { date: format.date(request.due_on) })}</Text>
        </Group>
      )}
    </Stack>
  )
}
