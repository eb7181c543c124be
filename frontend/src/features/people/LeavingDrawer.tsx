import { Alert, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { recordLeaving } from '@/api/gen/sdk.gen'
import type { PersonDetail } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { today } from '@/lib/dates'

export function LeavingDrawer(props: { person: PersonDetail; onClosed: () => void }) {
  const { person, onClosed } = props
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm({
    initialValues: { left_on: today() },
    validate: { left_on: (day) => (day ? null : t('form.required')) },
  })
  const path = { person_id: person.id }
  const save = useFormSave({
    form,
    send: (body) => recordLeaving({ path, body }),
    onSaved: () => {
      queryClient.invalidateQueries()
      toastDone(t('person.leaving.done', { name: person.name }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('person.leaving.title', { name: person.name })}
      submitLabel={t('person.leaving.submit')}
      save={save}
      onClosed={onClosed}
    >
      <Alert icon={<IconInfoCircle size={18} />}>{t('person.leaving.text')}</Alert>
      <TextInput
        required
        data-autofocus
        type="date"
        label={t('person.leaving.goneFrom')}
        description={t('person.leaving.goneFromHint')}
        {...form.getInputProps('left_on')}
      />
    </FormDrawer>
  )
}
