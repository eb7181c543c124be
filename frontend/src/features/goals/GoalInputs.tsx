import {
  Button,
  Checkbox,
  Collapse,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustments } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { DecimalInput } from '@/components/DecimalInput'
import { PersonPicker } from '@/components/PersonPicker'
import { departmentsOptions, teamsOptions } from '@/features/people/queries'
import { GoalPicker } from './GoalPicker'
import type { GoalFields } from './goalFields'
import { KeyResultList } from './KeyResultList'
import { NatureInputs } from './NatureInputs'
import { ParentKeyResultInput } from './ParentKeyResultInput'
import { cyclesOptions } from './queries'
import { LEVELS } from './search'
import { SimilarHint } from './similar/SimilarHint'
import { WithHint } from './smart/SmartAdvice'

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
      <WithHint at="title">
        <TextInput
          required
          data-autofocus
          label={t('goal.title')}
          placeholder={t('goal.titleExample')}
          maxLength={200}
          {...form.getInputProps('title')}
        />
      </WithHint>
      {withKeyResults && (
        <SimilarHint
          title={form.values.title}
          onAlign={({ id, title }) =>
            form.setValues({ parent_id: { id, title }, parent_key_result_id: '' })
          }
        />
      )}
      <WithHint at="description">
        <Textarea
          autosize
          minRows={2}
          maxRows={10}
          label={t('goal.description')}
          description={t('goal.descriptionHint')}
          {...form.getInputProps('description')}
        />
      </WithHint>
      <LevelInputs form={form} />
      <WithHint at="parent_id">
        <GoalPicker
          label={t('goal.parent')}
          description={t('goal.parentHint')}
          cycleId={form.values.cycle_id}
          without={without}
          {...form.getInputProps('parent_id')}
          onChange={(parent) => form.setValues({ parent_id: parent, parent_key_result_id: '' })}
        />
      </WithHint>
      <ParentKeyResultInput form={form} />
      <NatureInputs form={form} />
      <Select
        label={t('goal.visibility')}
        description={t(`goal.visibilityHint.${form.values.visibility}`)}
        data={VISIBILITIES.map((each) => ({ value: each, label: t(`goal.visibilities.${each}`) }))}
        allowDeselect={false}
        {...form.getInputProps('visibility')}
      />
      {withKeyResults && (
        <WithHint at="key_results">
          <KeyResultList form={form} />
        </WithHint>
      )}
      <WithHint at="due_on">
        <Button
          variant="subtle"
          size="compact-md"
          leftSection={<IconAdjustments size={17} />}
          onClick={toggle}
          aria-expanded={more || hasHiddenError}
        >
          {t('goal.more')}
        </Button>
      </WithHint>
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
