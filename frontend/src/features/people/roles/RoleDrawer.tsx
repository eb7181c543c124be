import { Radio, Select, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listRoleAssignmentsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { assignRole } from '@/api/gen/sdk.gen'
import type { PersonRef, RoleAssignment } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { PersonPicker } from '@/components/PersonPicker'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { departmentsOptions } from '../queries'

interface RoleFields {
  person_id: PersonRef | null
  role: RoleAssignment['role']
  department_id: string
}

export function RoleDrawer({ onClosed }: { onClosed: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const departments = useQuery(departmentsOptions())
  const form = useForm<RoleFields>({
    initialValues: { person_id: null, role: 'hr', department_id: '' },
    validate: { person_id: (person) => (person ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    send: ({ person_id, role, department_id }) =>
      assignRole({
        body: {
          person_id: person_id?.id ?? '',
          role,
          department_id: (role === 'hr' && department_id) || null,
        },
      }),
    onSaved: () => {
      queryClient.invalidateQueries({ queryKey: listRoleAssignmentsQueryKey() })
      toastDone(t('roles.assigned'))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('roles.assign')}
      submitLabel={t('roles.assign')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <PersonPicker
        required
        data-autofocus
        label={t('roles.person')}
        {...form.getInputProps('person_id')}
      />
      <Radio.Group label={t('roles.role')} {...form.getInputProps('role')}>
        <Stack gap={10} mt={8}>
          {(['hr', 'admin'] as const).map((role) => (
            <Radio
              key={role}
              value={role}
              label={t(`role.${role}`)}
              description={t(`roles.explained.${role}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {form.values.role === 'hr' && (
        <Select
          searchable
          clearable
          label={t('roles.department')}
          description={t('roles.departmentHint')}
          data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('department_id')}
          onChange={(id) => form.setFieldValue('department_id', id ?? '')}
        />
      )}
    </FormDrawer>
  )
}
