import { Select, SimpleGrid, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { documentOf } from '@/api/document'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { getPersonQueryKey, listPeopleQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { addPerson, updatePerson } from '@/api/gen/sdk.gen'
import type { PersonDetail, PersonRef } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { PersonPicker } from '@/components/PersonPicker'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields, orNull } from '@/lib/patch'
import { departmentsOptions, personOptions } from './queries'

interface PersonDrawerProps {
  /** Whom to edit; nobody: somebody new is added. */
  person?: PersonDetail
  onClosed: () => void
}

function fieldsOf(person: PersonDetail | undefined) {
  return {
    given_name: person?.given_name ?? '',
    family_name: person?.family_name ?? '',
    email: person?.email ?? '',
    job_title: person?.job_title ?? '',
    department_id: person?.department?.id ?? '',
    location: person?.location ?? '',
    external_id: person?.external_id ?? '',
    employment_type: person?.employment?.employment_type ?? '',
    hired_on: person?.employment?.hired_on ?? '',
    manager_id: null as PersonRef | null,
  }
}

type PersonFields = ReturnType<typeof fieldsOf>

function bodyOf({ given_name, family_name, manager_id: _, ...rest }: PersonFields) {
  return { given_name, family_name, ...orNull(rest) }
}

export function PersonDrawer({ person, onClosed }: PersonDrawerProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const departments = useQuery(departmentsOptions())
  const base = useRef(person)
  const form = useForm<PersonFields>({
    initialValues: fieldsOf(person),
    validate: {
      given_name: (name) => (name.trim() ? null : t('form.required')),
      email: (email) => (!email || /^\S+@\S+$/.test(email) ? null : t('form.email')),
    },
  })
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (values, tag) => {
      if (!person) {
        const body = { ...bodyOf(values), manager_id: values.manager_id?.id }
        return addPerson({ body })
      }
      const body = changedFields(bodyOf(values), bodyOf(fieldsOf(base.current)))
      const path = { person_id: person.id }
      return updatePerson({ path, body, headers: ifMatch(tag) })
    },
    reload: async () => {
      if (person)
        base.current = await queryClient.fetchQuery({
          ...personOptions(person.id),
          staleTime: 0,
        })
      return fieldsOf(base.current)
    },
    onSaved: ({ data }) => {
      const saved = documentOf<PersonDetail>(data)
      const { given_name, family_name } = form.getValues()
      const name = saved?.name ?? `${given_name} ${family_name}`.trim()
      toastDone(t(person ? 'people.saved' : 'people.added', { name }))
      queryClient.invalidateQueries({ queryKey: listPeopleQueryKey() })
      if (saved) {
        const path = { person_id: saved.id }
        queryClient.setQueryData(getPersonQueryKey({ path }), saved)
      }
      if (saved && !person) {
        navigate({ to: '/people/$personId', params: { personId: saved.id } })
      } else onClosed()
    },
  })
  return (
    <FormDrawer
      title={person ? t('people.edit', { name: person.name }) : t('people.add')}
      submitLabel={person ? t('common.save') : t('people.add')}
      save={save}
      onClosed={onClosed}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          required
          data-autofocus
          label={t('people.givenName')}
          {...form.getInputProps('given_name')}
        />
        <TextInput label={t('people.familyName')} {...form.getInputProps('family_name')} />
      </SimpleGrid>
      <TextInput
        label={t('people.email')}
        description={t('people.emailHint')}
        type="email"
        {...form.getInputProps('email')}
      />
      <TextInput label={t('people.jobTitle')} {...form.getInputProps('job_title')} />
      <Select
        label={t('people.department')}
        data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        clearable
        {...form.getInputProps('department_id')}
        onChange={(id) => form.setFieldValue('department_id', id ?? '')}
      />
      <TextInput label={t('people.location')} {...form.getInputProps('location')} />
      {!person && (
        <PersonPicker label={t('people.manager')} {...form.getInputProps('manager_id')} />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('people.hiredOn')} type="date" {...form.getInputProps('hired_on')} />
        <TextInput label={t('people.employmentType')} {...form.getInputProps('employment_type')} />
        <TextInput
          label={t('people.externalId')}
          description={t('people.externalIdHint')}
          {...form.getInputProps('external_id')}
        />
      </SimpleGrid>
    </FormDrawer>
  )
}
