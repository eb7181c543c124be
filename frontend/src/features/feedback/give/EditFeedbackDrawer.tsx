import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { changeFeedback } from '@/api/gen/sdk.gen'
import type { Feedback } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'
import { receiversOf } from '../people'
import { feedbackOptions, useRefreshFeedback } from '../queries'
import { type EditFields, editBody, fieldsOf, textOf } from './fields'
import { SubjectInputs } from './SubjectInputs'
import { WordsInput } from './WordsInput'

interface EditFeedbackDrawerProps {
  feedback: Feedback
  onClosed: () => void
}

/** Words it anew; whoever reads it sees that it was edited. */
export function EditFeedbackDrawer({ feedback, onClosed }: EditFeedbackDrawerProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refresh = useRefreshFeedback()
  const base = useRef(feedback)
  const receivers = receiversOf(feedback)
  const form = useForm<EditFields>({
    initialValues: fieldsOf(feedback),
    validate: { text: (_, fields) => (textOf(fields) ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: (fields, tag) =>
      changeFeedback({
        path: { feedback_id: feedback.id },
        body: changedFields(editBody(fields), editBody(fieldsOf(base.current))),
        headers: ifMatch(tag),
      }),
    reload: async () => {
      const options = { ...feedbackOptions(feedback.id), staleTime: 0 }
      base.current = await queryClient.fetchQuery(options)
      return fieldsOf(base.current)
    },
    onSaved: () => {
      toastDone(t('feedback.saved'))
      refresh()
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('feedback.edit')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
    >
      <WordsInput
        form={form}
        label={t('feedback.text')}
        placeholder={t(`feedback.placeholder.${feedback.kind}`)}
        autoFocus
        kind={feedback.kind}
        receivers={receivers}
      />
      <SubjectInputs form={form} people={receivers} />
    </FormDrawer>
  )
}
