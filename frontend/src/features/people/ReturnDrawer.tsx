import { Alert, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { recordReturn } from '@/api/gen/sdk.gen'
import type { PersonDetail, PersonRef } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { PersonPicker } from '@/components/PersonPicker'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'

interface ReturnFields {
  hired_on: string
  manager_id: PersonRef | null
}

/** Whoever has left comes back, or a leaving to come is taken back. */
export function ReturnDrawer(props: { person: PersonDetail; onClosed: () => void }) {
  const { person, onClosed } = props
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm<ReturnFields>({ initialValues: { hired_on: '', manager_id: null } })
  const save = useFormSave({
    form,
    send: ({ hired_on, manager_id }) =>
      recordReturn({
        path: { person_id: person.id },
        body: { hired_on: hired_on || null, manager_id: manager_id?.id ?? null },
      }),
    onSaved: () => {
      queryClient.invalidateQueries()
      toastDone(t('person.returning.done', { name: person.name }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('person.returning.title', { name: person.name })}
      submitLabel={t('person.act.return')}
      save={save}
      onClosed={onClosed}
    >
      <Alert icon={<IconInfoCircle size={18} />}>{t('person.returning.text')}</Alert>
      <TextInput
        data-autofocus
        type="date"
        label={t('person.returning.firstDay')}
        description={t('person.returning.firstDayHint')}
        {...form.getInputProps('hired_on')}
      />
      <PersonPicker
        label={t('people.manager')}
        without={person.id}
        {...form.getInputProps('manager_id')}
      />
    </FormDrawer>
  )
}
