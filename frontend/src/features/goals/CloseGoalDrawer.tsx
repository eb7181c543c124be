import { Alert, Fieldset, Stack, Textarea } from '@mantine/core'
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
import { orNull } from '@/lib/patch'
import { useRefreshGoals } from './queries'
import { QUESTIONS } from './Retrospective'

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
    initialValues: {
      note: '',
      score: measured,
      retrospective: { went_well: '', went_badly: '', next_time: '' },
    },
    validate: {
      note: (note) => (note.trim() ? null : t('form.required')),
      score: (score) => (!score || isScore(score) ? null : t('goal.closing.scoreRange')),
    },
  })
  const save = useFormSave({
    form,
    send: ({ note, score, retrospective }) =>
      closeGoal({
        path: { goal_id: goal.id },
        body: { note, score: score || null, retrospective: orNull(retrospective) },
      }),
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
        description={t(`goal.closing.scoreHint.${goal.ambition}`)}
        {...form.getInputProps('score')}
      />
      <Fieldset legend={t('retrospective.title')}>
        <Stack gap="md">
          {QUESTIONS.map((question) => (
            <Textarea
              key={question}
              autosize
              minRows={2}
              label={t(`retrospective.${question}`)}
              {...form.getInputProps(`retrospective.${question}`)}
            />
          ))}
        </Stack>
      </Fieldset>
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
