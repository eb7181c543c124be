import {
  ActionIcon,
  Button,
  Card,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PersonPicker } from '@/components/PersonPicker'
import { departmentsOptions, teamsOptions } from '@/features/people/queries'
import { emptyKeyResult } from '../goalFields'
import { KeyResultInputs } from '../KeyResultInputs'
import { cyclesOptions } from '../queries'
import { TemplatePicker } from '../templates/TemplatePicker'
import { begun } from '../templates/template'
import { useGoalStart } from '../useGoalStart'
import { type BulkFields, emptyGoal } from './bulk'

type Form = UseFormReturnType<BulkFields>
const MOST = 25
function named(list: { id: string; name: string }[] | undefined) {
  return (list ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

function GoalFieldset({ form, index }: { form: Form; index: number }) {
  const { t } = useTranslation()
  const at = `goals.${index}.`
  const number = index + 1
  return (
    <Card component="section" aria-label={t('bulk.goal', { number })} p="md" shadow="none">
      <Group justify="space-between" mb="xs">
        <Text fw={600} size="sm">
          {t('bulk.goal', { number })}
        </Text>
        {form.values.goals.length > 1 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('bulk.removeGoal', { number })}
            onClick={() => form.removeListItem('goals', index)}
          >
            <IconTrash size={17} stroke={1.7} />
          </ActionIcon>
        )}
      </Group>
      <Stack gap="md">
        <TextInput
          required
          label={t('goal.title')}
          placeholder={t('goal.titleExample')}
          maxLength={200}
          {...form.getInputProps(`${at}title`)}
        />
        {form.values.goals[index]?.key_results.map((fields, place) => (
          <KeyResultInputs
            key={fields.key}
            form={form}
            at={`${at}key_results.${place}.`}
            fields={fields}
          />
        ))}
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={15} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => form.insertListItem(`${at}key_results`, emptyKeyResult())}
        >
          {t('goal.act.add_key_result')}
        </Button>
      </Stack>
    </Card>
  )
}

export function BulkGoals({ form }: { form: Form }) {
  const { t } = useTranslation()
  const startOf = useGoalStart()
  const isUntouched = ({ title }: { title: string }) => title.trim() === ''
  return (
    <Card>
      <Title order={2} mb="md">
        {t('bulk.goals')}
      </Title>
      <Stack gap="md">
        {form.values.goals.map(({ key }, index) => (
          <GoalFieldset key={key} form={form} index={index} />
        ))}
        <Group gap="sm">
          <TemplatePicker
            onUse={(template) => {
              const kept = form.values.goals.filter((goal) => !isUntouched(goal))
              form.setFieldValue('goals', [
                ...kept,
                { ...emptyGoal(), ...begun(template, startOf({ ...form.values, starts_on: '' })) },
              ])
            }}
          />
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            disabled={form.values.goals.length >= MOST}
            onClick={() => form.insertListItem('goals', emptyGoal())}
          >
            {t('bulk.addGoal')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

export function BulkPeopleInputs({ form }: { form: Form }) {
  const { t } = useTranslation()
  const departments = useQuery(departmentsOptions())
  const teams = useQuery(teamsOptions())
  const cycles = useQuery(cyclesOptions())
  const choose = (name: 'department_id' | 'team_id' | 'cycle_id') => ({
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
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('people.department')}
          data={named(departments.data)}
          {...choose('department_id')}
        />
        <Select label={t('people.team')} data={named(teams.data)} {...choose('team_id')} />
        <PersonPicker label={t('bulk.manager')} {...form.getInputProps('manager')} />
        <Select label={t('goals.cycle')} data={named(cycles.data)} {...choose('cycle_id')} />
      </SimpleGrid>
    </Card>
  )
}
