import { Group, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { listDepartmentsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { addDepartment, getDepartment, removeDepartment, updateDepartment } from '@/api/gen/sdk.gen'
import type { Department } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'
import { withAllBelow } from './tree'

interface DepartmentDrawerProps {
  /** Which to edit; none: one is added. */
  department?: Department
  all: Department[]
  onClosed: () => void
}

function fieldsOf(department: Department | undefined) {
  return { name: department?.name ?? '', parent_id: department?.parent?.id ?? '' }
}

function bodyOf({ name, parent_id }: ReturnType<typeof fieldsOf>) {
  return { name: name.trim(), parent_id: parent_id || null }
}

export function DepartmentDrawer({ department, all, onClosed }: DepartmentDrawerProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const base = useRef(department)
  const path = { department_id: department?.id ?? '' }
  const refresh = () => queryClient.invalidateQueries({ queryKey: listDepartmentsQueryKey() })
  const form = useForm({
    initialValues: fieldsOf(department),
    validate: { name: (name) => (name.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (fields, tag) =>
      base.current
        ? updateDepartment({
            path,
            body: changedFields(bodyOf(fields), bodyOf(fieldsOf(base.current))),
            headers: ifMatch(tag),
          })
        : addDepartment({ body: bodyOf(fields) }),
    reload: async () => {
      base.current = (await getDepartment({ path })).data
      return fieldsOf(base.current)
    },
    onSaved: () => {
      refresh()
      toastDone(t('departments.saved'))
      onClosed()
    },
  })
  const remove = useMutation({
    mutationFn: () => removeDepartment({ path, headers: ifMatch(ANY_VERSION) }),
    onSuccess: () => {
      refresh()
      toastDone(t('departments.removed'))
      onClosed()
    },
  })
  const excluded = department ? withAllBelow(all, department.id) : new Set<string>()
  return (
    <FormDrawer
      title={department ? t('common.editNamed', { name: department.name }) : t('departments.add')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <TextInput
        required
        data-autofocus
        maxLength={200}
        label={t('departments.name')}
        {...form.getInputProps('name')}
      />
      <Select
        searchable
        clearable
        label={t('departments.parent')}
        data={all
          .filter(({ id }) => !excluded.has(id))
          .map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('parent_id')}
        onChange={(id) => form.setFieldValue('parent_id', id ?? '')}
      />
      {department && may(department, 'remove') && (
        <Group>
          <ConfirmButton
            size="xs"
            question={t('departments.removeQuestion', { name: department.name })}
            confirmLabel={t('common.remove')}
            onConfirm={() => remove.mutate()}
            loading={remove.isPending}
          >
            {t('departments.remove')}
          </ConfirmButton>
        </Group>
      )}
    </FormDrawer>
  )
}
