import {
  ActionIcon,
  Button,
  Card,
  Checkbox,
  Collapse,
  Group,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustments, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { DecimalInput } from '@/components/DecimalInput'
import { PersonPicker } from '@/components/PersonPicker'
import { departmentsOptions, teamsOptions } from '@/features/people/queries'
import { GoalPicker } from './GoalPicker'
import { emptyKeyResult, type GoalFields } from './goalFields'
import { KeyResultInputs } from './KeyResultInputs'
import { NatureInputs } from './NatureInputs'
import { ParentKeyResultInput } from './ParentKeyResultInput'
import { cyclesOptions } from './queries'
import { LEVELS } from './search'
import { SimilarHint } from './similar/SimilarHint'

const VISIBILITIES = ['public', 'department', 'team', 'manager_chain', 'private'] as const
const DRIVERS = ['key_results', 'goals', 'both'] as const

interface GoalInputsProps {
  form: UseFormReturnType<GoalFields>
  withKeyResults?: boolean
  /** The goal that is edited: it cannot serve itself. */
  without?: string
}

function named(list: { id: string; name: string }[] | undefined) {
  return (list ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

/** Whose goal it is: everybody's, a department's, a team's or one person's. */
function LevelInputs({ form }: { form: UseFormReturnType<GoalFields> }) {
  const { t } = useTranslation()
  const me = useMe()
  const { level } = form.values
  const departments = useQuery({ ...departmentsOptions(), enabled: level === 'department' })
  const teams = useQuery({ ...teamsOptions(), enabled: level === 'team' })
  const levels = LEVELS.filter(
    (each) => each !== 'company' || level === 'company' || may(me, 'set_company_goals'),
  )
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t('goals.level')}
        data={levels.map((each) => ({ value: each, label: t(`goal.level.${each}`) }))}
        allowDeselect={false}
        {...form.getInputProps('level')}
      />
      {level === 'department' && (
        <Select
          required
          searchable
          label={t('people.department')}
          data={named(departments.data)}
          {...form.getInputProps('department_id')}
          onChange={(id) => form.setFieldValue('department_id', id ?? '')}
        />
      )}
      {level === 'team' && (
        <Select
          required
          searchable
          label={t('people.team')}
          data={named(teams.data)}
          {...form.getInputProps('team_id')}
          onChange={(id) => form.setFieldValue('team_id', id ?? '')}
        />
      )}
      <PersonPicker required label={t('goals.owner')} {...form.getInputProps('owner_id')} />
    </SimpleGrid>
  )
}

function KeyResultList({ form }: { form: UseFormReturnType<GoalFields> }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm" component="section" aria-label={t('goal.keyResults')}>
      <div>
        <Text fw={620}>{t('goal.keyResults')}</Text>
        <Text size="sm" c="dimmed">
          {t('goal.keyResultsHint')}
        </Text>
      </div>
      {form.values.key_results.map((fields, index) => (
        <Card key={fields.key} p="md" shadow="none">
          <Group justify="space-between" mb={4}>
            <Text size="xs" c="dimmed" fw={560}>
              {t('keyResult.number', { number: index + 1 })}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('keyResult.remove', { number: index + 1 })}
              onClick={() => form.removeListItem('key_results', index)}
            >
              <IconTrash size={17} stroke={1.7} />
            </ActionIcon>
          </Group>
          <Stack gap="sm">
            <KeyResultInputs form={form} at={`key_results.${index}.`} fields={fields} />
          </Stack>
        </Card>
      ))}
      <Button
        variant="light"
        leftSection={<IconPlus size={16} />}
        onClick={() => form.insertListItem('key_results', emptyKeyResult())}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('goal.act.add_key_result')}
      </Button>
    </Stack>
  )
}

function MoreInputs({ form }: { form: UseFormReturnType<GoalFields> }) {
  const { t } = useTranslation()
  const cycles = useQuery(cyclesOptions())
  return (
    <Stack gap="md">
      <Select
        label={t('goals.cycle')}
        description={t('goal.cycleHint')}
        clearable
        data={named(cycles.data)}
        {...form.getInputProps('cycle_id')}
        onChange={(id) => form.setFieldValue('cycle_id', id ?? '')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput type="date" label={t('goal.startsOn')} {...form.getInputProps('starts_on')} />
        <TextInput type="date" label={t('goal.dueOn')} {...form.getInputProps('due_on')} />
      </SimpleGrid>
      <Radio.Group
        label={t('goal.driver')}
        description={t('goal.driverHint')}
        {...form.getInputProps('driver')}
      >
        <Stack gap={8} mt={8}>
          {DRIVERS.map((driver) => (
            <Radio key={driver} value={driver} label={t(`goal.drivers.${driver}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DecimalInput
          label={t('goal.weight')}
          description={t('goal.weightHint')}
          {...form.getInputProps('weight')}
        />
        <TextInput
          inputMode="numeric"
          label={t('goal.rhythm')}
          description={t('goal.rhythmHint')}
          {...form.getInputProps('check_in_every_days')}
        />
      </SimpleGrid>
    </Stack>
  )
}

const HIDDEN_AT_FIRST = [
  'cycle_id',
  'starts_on',
  'due_on',
  'driver',
  'weight',
  'check_in_every_days',
]

export function GoalInputs({ form, withKeyResults, without }: GoalInputsProps) {
  const { t } = useTranslation()
  const [more, { toggle }] = useDisclosure()
  const hasHiddenError = HIDDEN_AT_FIRST.some((name) => form.errors[name])
  return (
    <>
      <TextInput
        required
        data-autofocus
        label={t('goal.title')}
        placeholder={t('goal.titleExample')}
        maxLength={200}
        {...form.getInputProps('title')}
      />
      {withKeyResults && (
        <SimilarHint
          title={form.values.title}
          onAlign={({ id, title }) =>
            form.setValues({ parent_id: { id, title }, parent_key_result_id: '' })
          }
        />
      )}
      <Textarea
        autosize
        minRows={2}
        maxRows={10}
        label={t('goal.description')}
        description={t('goal.descriptionHint')}
        {...form.getInputProps('description')}
      />
      <LevelInputs form={form} />
      <GoalPicker
        label={t('goal.parent')}
        description={t('goal.parentHint')}
        cycleId={form.values.cycle_id}
        without={without}
        {...form.getInputProps('parent_id')}
        onChange={(parent) => form.setValues({ parent_id: parent, parent_key_result_id: '' })}
      />
      <ParentKeyResultInput form={form} />
      <NatureInputs form={form} />
      <Select
        label={t('goal.visibility')}
        description={t(`goal.visibilityHint.${form.values.visibility}`)}
        data={VISIBILITIES.map((each) => ({ value: each, label: t(`goal.visibilities.${each}`) }))}
        allowDeselect={false}
        {...form.getInputProps('visibility')}
      />
      {withKeyResults && <KeyResultList form={form} />}
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<IconAdjustments size={17} />}
        onClick={toggle}
        aria-expanded={more || hasHiddenError}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('goal.more')}
      </Button>
      <Collapse expanded={more || hasHiddenError}>
        <MoreInputs form={form} />
      </Collapse>
      {withKeyResults && (
        <Checkbox
          label={t('goal.keepDraft')}
          description={t('goal.keepDraftHint')}
          {...form.getInputProps('is_draft', { type: 'checkbox' })}
        />
      )}
    </>
  )
}
