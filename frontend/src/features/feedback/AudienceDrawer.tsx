import { Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { documentOf } from '@/api/document'
import { ifMatch, tagOf } from '@/api/etags'
import { getFeedbackSettingsOptions } from '@/api/gen/@tanstack/react-query.gen'
import { changeFeedbackVisibility } from '@/api/gen/sdk.gen'
import type { Feedback, FeedbackVisibility } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { AudienceChoice } from './AudienceChoice'
import { betweenOf } from './people'
import { feedbackOptions, useRefreshFeedback } from './queries'

interface AudienceDrawerProps {
  feedback: Feedback
  onClosed: () => void
}

/** Lets fewer people read it, or proposes to let more. */
export function AudienceDrawer({ feedback, onClosed }: AudienceDrawerProps) {
  const { t } = useTranslation()
  const me = useMe()
  const queryClient = useQueryClient()
  const refresh = useRefreshFeedback()
  const { data: settings } = useQuery(getFeedbackSettingsOptions())
  const base = useRef(feedback)
  const form = useForm<{ visibility: FeedbackVisibility }>({
    initialValues: { visibility: feedback.visibility },
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: async (body, tag) => {
      const path = { feedback_id: feedback.id }
      const { data } = await changeFeedbackVisibility({ path, body, headers: ifMatch(tag) })
      return documentOf<Feedback>(data)
    },
    reload: async () => {
      const options = { ...feedbackOptions(feedback.id), staleTime: 0 }
      base.current = await queryClient.fetchQuery(options)
      return { visibility: base.current.visibility }
    },
    onSaved: (saved) => {
      toastDone(t(saved?.proposed_visibility ? 'feedback.proposed' : 'feedback.audienceChanged'))
      refresh()
      onClosed()
    },
  })
  if (!settings) return null
  const isGiver = feedback.giver.id === me.person.id
  // Nobody proposes to read it no longer themselves.
  const offered = settings[`${feedback.kind}_visibilities`].filter(
    (choice) => isGiver || choice !== 'manager',
  )
  const choices = offered.includes(feedback.visibility)
    ? offered
    : [feedback.visibility, ...offered]
  return (
    <FormDrawer
      title={t('feedback.shareTitle')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <Text size="sm" c="dimmed">
        {t('feedback.shareHint')}
      </Text>
      <AudienceChoice
        label={t('audience.label')}
        choices={choices}
        between={betweenOf(feedback)}
        value={form.values.visibility}
        onChange={(visibility) => form.setFieldValue('visibility', visibility)}
        error={form.errors.visibility}
      />
    </FormDrawer>
  )
}
