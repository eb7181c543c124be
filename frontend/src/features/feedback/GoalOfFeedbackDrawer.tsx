import { Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { makeGoalOfFeedback } from '@/api/gen/sdk.gen'
import type { Feedback } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import classes from './Feedback.module.css'
import { FeedbackWords } from './FeedbackWords'
import { useRefreshFeedback } from './queries'

interface GoalOfFeedbackDrawerProps {
  feedback: Feedback
  onClosed: () => void
}

/** Makes a development goal of it: a draft for one's own eyes, to be shaped on its page. */
export function GoalOfFeedbackDrawer({ feedback, onClosed }: GoalOfFeedbackDrawerProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refresh = useRefreshFeedback()
  const form = useForm({
    initialValues: { title: '' },
    validate: { title: (title) => (title.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    send: async (body) => {
      const path = { feedback_id: feedback.id }
      return (await makeGoalOfFeedback({ path, body })).data
    },
    onSaved: ({ goal_id }) => {
      toastDone(t('feedback.goal.made'))
      refresh()
      navigate({ to: '/goals/$goalId', params: { goalId: goal_id } })
    },
  })
  return (
    <FormDrawer
      title={t('feedback.goal.title')}
      submitLabel={t('feedback.goal.make')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <blockquote className={classes.quote}>
        <FeedbackWords feedback={feedback} />
      </blockquote>
      <TextInput
        required
        data-autofocus
        maxLength={200}
        label={t('feedback.goal.question')}
        placeholder={t('feedback.goal.example')}
        {...form.getInputProps('title')}
      />
      <Text size="sm" c="dimmed">
        {t('feedback.goal.hint')}
      </Text>
    </FormDrawer>
  )
}
