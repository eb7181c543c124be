import { Card, Checkbox, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { GoalPicker } from '../GoalPicker'
import { NatureInputs } from '../NatureInputs'
import { ParentKeyResultInput } from '../ParentKeyResultInput'
import { cyclesOptions } from '../queries'
import type { BulkFields } from './bulk'

/** Nobody hides a goal in somebody else's name. */
const VISIBILITIES = ['public', 'department', 'team', 'manager_chain'] as const

/** What all of the goals have in common. */
export function BulkCommon({ form }: { form: UseFormReturnType<BulkFields> }) {
  const { t } = useTranslation()
  const cycles = useQuery(cyclesOptions())
  return (
    <Card>
      <Title order={2} mb="md">
        {t('bulk.common')}
      </Title>
      <Stack gap="md">
        <GoalPicker
          label={t('goal.parent')}
          description={t('bulk.parentHint')}
          cycleId={form.values.cycle_id}
          {...form.getInputProps('parent_id')}
          onChange={(parent) => form.setValues({ parent_id: parent, parent_key_result_id: '' })}
        />
        <ParentKeyResultInput form={form} />
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Select
            label={t('goals.cycle')}
            clearable
            data={(cycles.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('cycle_id')}
            value={form.values.cycle_id || null}
            onChange={(id) => form.setFieldValue('cycle_id', id ?? '')}
          />
          <TextInput type="date" label={t('goal.startsOn')} {...form.getInputProps('starts_on')} />
          <TextInput type="date" label={t('goal.dueOn')} {...form.getInputProps('due_on')} />
        </SimpleGrid>
        <NatureInputs form={form} />
        <Select
          label={t('goal.visibility')}
          description={t(`goal.visibilityHint.${form.values.visibility}`)}
          data={VISIBILITIES.map((each) => ({
            value: each,
            label: t(`goal.visibilities.${each}`),
          }))}
          allowDeselect={false}
          {...form.getInputProps('visibility')}
        />
        <Checkbox
          label={t('bulk.drafts')}
          description={t('goal.keepDraftHint')}
          {...form.getInputProps('is_draft', { type: 'checkbox' })}
        />
      </Stack>
    </Card>
  )
}
