import { SimpleGrid, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { addGoalCycle, getGoalCycle, updateGoalCycle } from '@/api/gen/sdk.gen'
import type { GoalCycle } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { addDays, today } from '@/lib/dates'
import { changedFields } from '@/lib/patch'

interface CycleDrawerProps {
  /** Which to edit; none: one is added, after the latest. */
  cycle?: GoalCycle
  latest?: GoalCycle
  onClosed: () => void
}

const USUAL_DAYS = 90

function fieldsOf({ name, starts_on, ends_on }: GoalCycle) {
  return { name, starts_on, ends_on }
}

function following(latest: GoalCycle | undefined) {
  const starts_on = latest ? addDays(latest.ends_on, 1) : today()
  return { name: '', starts_on, ends_on: addDays(starts_on, USUAL_DAYS - 1) }
}

export function CycleDrawer({ cycle, latest, onClosed }: CycleDrawerProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const base = useRef(cycle)
  const path = { goal_cycle_id: cycle?.id ?? '' }
  const form = useForm({
    initialValues: cycle ? fieldsOf(cycle) : following(latest),
    validate: {
      name: (name) => (name.trim() ? null : t('form.required')),
      starts_on: (day) => (day ? null : t('form.required')),
      ends_on: (day, { starts_on }) => (day >= starts_on ? null : t('cycles.endsBeforeStart')),
    },
  })
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (fields, tag) =>
      base.current
        ? updateGoalCycle({
            path,
            body: changedFields(fields, fieldsOf(base.current)),
            headers: ifMatch(tag),
          })
        : addGoalCycle({ body: fields }),
    reload: async () => {
      base.current = (await getGoalCycle({ path })).data
      return fieldsOf(base.current)
    },
    onSaved: () => {
      queryClient.invalidateQueries()
      toastDone(t('cycles.saved'))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={cycle ? t('common.editNamed', { name: cycle.name }) : t('cycles.add')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <TextInput
        required
        data-autofocus
        maxLength={200}
        label={t('cycles.name')}
        placeholder={t('cycles.nameExample')}
        {...form.getInputProps('name')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          required
          type="date"
          label={t('cycles.startsOn')}
          {...form.getInputProps('starts_on')}
        />
        <TextInput
          required
          type="date"
          label={t('cycles.endsOn')}
          description={t('cycles.endsOnHint')}
          {...form.getInputProps('ends_on')}
        />
      </SimpleGrid>
    </FormDrawer>
  )
}
