import { Card, SegmentedControl, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getFeedbackRequestOptions } from '@/api/gen/@tanstack/react-query.gen'
import { answerFeedbackRequest } from '@/api/gen/sdk.gen'
import type { FeedbackRequest } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useDraft } from '@/components/useDraft'
import { useFormSave } from '@/components/useFormSave'
import { DraftBack, useDraftNote } from '../give/DraftBack'
import { type AnswerFields, NO_WORDS, textOf } from '../give/fields'
import { ValuesInput } from '../give/ValuesInput'
import { WordsInput } from '../give/WordsInput'
import { useRefreshFeedback } from '../queries'
import { Questions, useAsked } from './Questions'

interface AnswerDrawerProps {
  requestId: string
  onClosed: () => void
}

/** Where one gives the feedback that one was asked for. */
export function AnswerDrawer({ requestId, ...props }: AnswerDrawerProps) {
  const { data: request } = useQuery(
    getFeedbackRequestOptions({ path: { feedback_request_id: requestId } }),
  )
  if (!request || !may(request, 'answer')) return null
  return <AnswerForm request={request} {...props} />
}

type AnswerFormProps = Omit<AnswerDrawerProps, 'requestId'> & { request: FeedbackRequest }

function AnswerForm({ request, onClosed }: AnswerFormProps) {
  const { t } = useTranslation()
  const me = useMe()
  const asked = useAsked()
  const refresh = useRefreshFeedback()
  const form = useForm<AnswerFields>({
    initialValues: { ...NO_WORDS, kind: 'advice', value_ids: [] },
    validate: {
      text: (_, fields) => (textOf(fields) || fields.structured ? null : t('form.required')),
      situation: (_, fields) => (textOf(fields) || !fields.structured ? null : t('form.required')),
    },
  })
  const draft = useDraft(form, `answer.${me.person.id}.${request.id}`)
  const { values } = form
  const save = useFormSave({
    form,
    send: (fields) =>
      answerFeedbackRequest({
        path: { feedback_request_id: request.id },
        body: { kind: fields.kind, text: textOf(fields), value_ids: fields.value_ids },
      }),
    onSaved: () => {
      draft.forget()
      toastDone(t('requests.answered', { name: request.requester.name }))
      refresh()
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('requests.answer')}
      submitLabel={t('requests.sendAnswer')}
      save={save}
      onClosed={onClosed}
      onDiscard={draft.forget}
      note={useDraftNote(draft)}
    >
      <DraftBack draft={draft} />
      <Card padding="md">
        <Text size="sm" fw={600} mb="xs">
          {asked(request)}
        </Text>
        <Questions request={request} />
      </Card>
      <SegmentedControl
        fullWidth
        aria-label={t('feedback.kindLabel')}
        data={(['praise', 'advice'] as const).map((one) => ({
          value: one,
          label: t(`feedback.kind.${one}`),
        }))}
        {...form.getInputProps('kind')}
      />
      <WordsInput
        form={form}
        label={t('requests.yourAnswer')}
        placeholder={t(`feedback.placeholder.${values.kind}`)}
        autoFocus
        kind={values.kind}
        receivers={[request.about]}
      />
      <ValuesInput
        value={values.value_ids}
        onChange={(ids) => form.setFieldValue('value_ids', ids)}
      />
    </FormDrawer>
  )
}
