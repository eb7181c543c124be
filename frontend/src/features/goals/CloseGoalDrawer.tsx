import { Alert, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { cancelGoal, closeGoal } from '@/api/gen/sdk.gen'
import type { GoalDetail } from '@/api/gen/types.gen'
import { DecimalInput } from '@/components/DecimalInput'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { clampUnit, parseDecimal, toNumber } from '@/lib/decimal'
import { useRefreshGoals } from './queries'

interface DrawerProps {
  goal: GoalDetail
  onClosed: () => void
}

function isScore(text: string): boolean {
  const score = parseDecimal(text)
  return score !== null && toNumber(score) === clampUnit(toNumber(score))
}

/** Closing asks what was learned; the score may differ from what was measured. */
export function CloseGoalDrawer({ goal, onClosed }: DrawerProps) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  const measured = goal.progress === null ? '' : toNumber(goal.progress).toFixed(2)
  const form = useForm({
    initialValues: { note: '', score: measured },
    validate: {
      note: (note) => (note.trim() ? null : t('form.required')),
      score: (score) => (!score || isScore(score) ? null : t('goal.closing.scoreRange')),
    },
  })
  const save = useFormSave({
    form,
    send: ({ note, score }) =>
      closeGoal({ path: { goal_id: goal.id }, body: { note, score: score || null } }),
    onSaved: () => {
      refresh()
      toastDone(t('goal.closing.done', { title: goal.title }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('goal.closing.title')}
      submitLabel={t('goal.act.close')}
      save={save}
      onClosed={onClosed}
    >
      <Alert icon={<IconInfoCircle size={18} />}>{t('goal.closing.text')}</Alert>
      <Textarea
        required
        autosize
        data-autofocus
        minRows={4}
        label={t('goal.closing.note')}
        placeholder={t('goal.closing.noteHint')}
        {...form.getInputProps('note')}
      />
      <DecimalInput
        label={t('goal.closing.score')}
        description={t('goal.closing.scoreHint')}
        {...form.getInputProps('score')}
      />
    </FormDrawer>
  )
}

export function CancelGoalDrawer({ goal, onClosed }: DrawerProps) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  const form = useForm({ initialValues: { note: '' } })
  const save = useFormSave({
    form,
    send: ({ note }) =>
      cancelGoal({ path: { goal_id: goal.id }, body: { note: note.trim() || null } }),
    onSaved: () => {
      refresh()
      toastDone(t('goal.cancelling.done', { title: goal.title }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('goal.cancelling.title')}
      submitLabel={t('goal.act.cancel')}
      save={save}
      onClosed={onClosed}
    >
      <Alert icon={<IconInfoCircle size={18} />}>{t('goal.cancelling.text')}</Alert>
      <Textarea
        autosize
        data-autofocus
        minRows={3}
        label={t('goal.cancelling.note')}
        {...form.getInputProps('note')}
      />
    </FormDrawer>
  )
}
