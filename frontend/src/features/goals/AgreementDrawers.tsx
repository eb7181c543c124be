import { Alert, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { proposeGoal, requestGoalChanges } from '@/api/gen/sdk.gen'
import type { GoalDetail } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { useRefreshGoals } from './queries'

interface DrawerProps {
  goal: GoalDetail
  onClosed: () => void
}

export function ProposeDrawer({ goal, onClosed }: DrawerProps) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  const form = useForm({ initialValues: { comment: '' } })
  const save = useFormSave({
    form,
    send: ({ comment }) =>
      proposeGoal({ path: { goal_id: goal.id }, body: { comment: comment.trim() || null } }),
    onSaved: () => {
      refresh()
      toastDone(t('agreement.proposed', { title: goal.title }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('goal.act.propose')}
      submitLabel={t('agreement.propose')}
      save={save}
      onClosed={onClosed}
    >
      <Alert icon={<IconInfoCircle size={18} />}>{t('agreement.proposeText')}</Alert>
      <Textarea
        autosize
        data-autofocus
        minRows={3}
        label={t('agreement.comment')}
        {...form.getInputProps('comment')}
      />
    </FormDrawer>
  )
}

export function RequestChangesDrawer({ goal, onClosed }: DrawerProps) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  // What is answered is what was on the page when the answer was begun. Once it is told that
  // something changed since, it is what the page shows then.
  const [read, setRead] = useState<string | null>(goal.last_step_id)
  const form = useForm({
    initialValues: { comment: '' },
    validate: { comment: (comment) => (comment.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    send: ({ comment }) => {
      const step_id = read ?? goal.last_step_id ?? ''
      const answer = { path: { goal_id: goal.id }, body: { comment, step_id } }
      return requestGoalChanges(answer).catch((error) => {
        setRead(null)
        refresh()
        throw error
      })
    },
    onSaved: () => {
      refresh()
      toastDone(t('agreement.sentBack', { title: goal.title }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('goal.act.request_changes')}
      submitLabel={t('agreement.sendBack')}
      save={save}
      onClosed={onClosed}
    >
      <Textarea
        required
        autosize
        data-autofocus
        minRows={3}
        label={t('agreement.whatElse')}
        {...form.getInputProps('comment')}
      />
    </FormDrawer>
  )
}
