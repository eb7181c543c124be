import { Alert, Checkbox, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { documentOf } from '@/api/document'
import { carryGoalOver } from '@/api/gen/sdk.gen'
import type { GoalCycle, GoalDetail } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { cycleAfter } from './logic'
import { cyclesOptions, useRefreshGoals } from './queries'

interface CarryOverDrawerProps {
  goal: GoalDetail
  onClosed: () => void
}

/** Goes on with the goal in another cycle; the old one can be closed on the way. */
export function CarryOverDrawer({ goal, onClosed }: CarryOverDrawerProps) {
  const { data: cycles } = useQuery(cyclesOptions())
  return cycles ? <CarryOverForm goal={goal} cycles={cycles} onClosed={onClosed} /> : null
}

interface CarryOverFormProps extends CarryOverDrawerProps {
  cycles: GoalCycle[]
}

function CarryOverForm({ goal, cycles, onClosed }: CarryOverFormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refresh = useRefreshGoals()
  const open = cycles.filter(({ id, state }) => state !== 'closed' && id !== goal.cycle?.id)
  const mayClose = may(goal, 'close')
  const form = useForm({
    initialValues: { cycle_id: cycleAfter(goal, open)?.id ?? '', close: mayClose, note: '' },
    validate: {
      note: (note, { close }) => (!close || note.trim() ? null : t('form.required')),
    },
  })
  const { close } = form.values
  const save = useFormSave({
    form,
    send: ({ cycle_id, close, note }) =>
      carryGoalOver({
        path: { goal_id: goal.id },
        body: { cycle_id: cycle_id || null, close: close ? { note } : null },
      }),
    onSaved: ({ data }) => {
      const next = documentOf<GoalDetail>(data)
      refresh()
      toastDone(t('carryOver.done', { title: goal.title }))
      if (next) navigate({ to: '/goals/$goalId', params: { goalId: next.id } })
      else onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('goal.act.carry_over')}
      submitLabel={t('carryOver.submit')}
      save={save}
      onClosed={onClosed}
    >
      <Alert icon={<IconInfoCircle size={18} />}>{t('carryOver.text')}</Alert>
      <Select
        clearable
        data-autofocus
        label={t('carryOver.cycle')}
        placeholder={t('goal.noCycle')}
        data={open.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('cycle_id')}
        value={form.values.cycle_id || null}
        onChange={(id) => form.setFieldValue('cycle_id', id ?? '')}
      />
      {mayClose && (
        <Checkbox
          label={t('carryOver.close')}
          {...form.getInputProps('close', { type: 'checkbox' })}
        />
      )}
      {close && (
        <Textarea
          required
          autosize
          minRows={3}
          label={t('goal.closing.note')}
          {...form.getInputProps('note')}
          error={form.errors.note ?? form.errors['close.note']}
        />
      )}
    </FormDrawer>
  )
}
