import { Card, Checkbox, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PeoplePicker } from '@/components/PeoplePicker'
import { PersonPicker } from '@/components/PersonPicker'
import { departmentsOptions, teamsOptions } from '@/features/people/queries'
import type { BulkFields } from './bulk'

function named(list: { id: string; name: string }[] | undefined) {
  return (list ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

/** A filter, people besides it, and people who are left out of it. */
export function BulkPeople({ form }: { form: UseFormReturnType<BulkFields> }) {
  const { t } = useTranslation()
  const departments = useQuery(departmentsOptions())
  const teams = useQuery(teamsOptions())
  const choose = (name: 'department_id' | 'team_id') => ({
    ...form.getInputProps(name),
    clearable: true,
    searchable: true,
    value: form.values[name] || null,
    onChange: (id: string | null) => form.setFieldValue(name, id ?? ''),
  })
  return (
    <Card>
      <Title order={2} mb={4}>
        {t('bulk.people')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('bulk.peopleHint')}
      </Text>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Select
            label={t('people.department')}
            data={named(departments.data)}
            {...choose('department_id')}
          />
          <Select label={t('people.team')} data={named(teams.data)} {...choose('team_id')} />
          <PersonPicker label={t('bulk.manager')} {...form.getInputProps('manager')} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <PeoplePicker label={t('bulk.also')} {...form.getInputProps('also')} />
          <PeoplePicker label={t('bulk.except')} {...form.getInputProps('except')} />
        </SimpleGrid>
        <Checkbox
          label={t('bulk.skip')}
          description={t('bulk.skipHint')}
          {...form.getInputProps('skip_who_has_one', { type: 'checkbox' })}
        />
      </Stack>
    </Card>
  )
}
