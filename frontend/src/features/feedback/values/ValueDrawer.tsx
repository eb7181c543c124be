import { Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { listCompanyValuesQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { addCompanyValue, getCompanyValue, updateCompanyValue } from '@/api/gen/sdk.gen'
import type { CompanyValue } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'

interface ValueDrawerProps {
  /** Which to word anew; none: one is added. */
  value?: CompanyValue
  onClosed: () => void
}

const fieldsOf = ({ name, description }: CompanyValue) => ({ name, description })

export function ValueDrawer({ value, onClosed }: ValueDrawerProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const base = useRef(value)
  const path = { company_value_id: value?.id ?? '' }
  const form = useForm({
    initialValues: value ? fieldsOf(value) : { name: '', description: '' },
    validate: { name: (name) => (name.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (fields, tag) =>
      base.current
        ? updateCompanyValue({
            path,
            body: changedFields(fields, fieldsOf(base.current)),
            headers: ifMatch(tag),
          })
        : addCompanyValue({ body: fields }),
    reload: async () => {
      base.current = (await getCompanyValue({ path })).data
      return fieldsOf(base.current)
    },
    onSaved: () => {
      queryClient.invalidateQueries({ queryKey: listCompanyValuesQueryKey() })
      toastDone(t('values.saved'))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={value ? t('common.editNamed', { name: value.name }) : t('values.add')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <TextInput
        required
        data-autofocus
        maxLength={60}
        label={t('values.name')}
        placeholder={t('values.nameExample')}
        {...form.getInputProps('name')}
      />
      <Textarea
        autosize
        minRows={2}
        maxLength={500}
        label={t('values.description')}
        description={t('values.descriptionHint')}
        {...form.getInputProps('description')}
      />
    </FormDrawer>
  )
}
