import { Select } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { GoalFields } from './goalFields'
import { goalOptions } from './queries'

interface Props {
  // biome-ignore lint/suspicious/noExplicitAny: stands in the form of one goal and of many
  form: UseFormReturnType<any>
}

/** Which key result of the parent it serves, if one. */
export function ParentKeyResultInput({ form }: Props) {
  const { t } = useTranslation()
  const values: Pick<GoalFields, 'parent_id'> = form.values
  const parentId = values.parent_id?.id
  const parent = useQuery({ ...goalOptions(parentId ?? ''), enabled: Boolean(parentId) })
  const keyResults = parentId ? (parent.data?.key_results ?? []) : []
  if (keyResults.length === 0) return null
  return (
    <Select
      clearable
      label={t('goal.parentKeyResult')}
      description={t('goal.parentKeyResultHint')}
      placeholder={t('goal.wholeGoal')}
      data={keyResults.map(({ id, title }) => ({ value: id, label: title }))}
      {...form.getInputProps('parent_key_result_id')}
      value={form.values.parent_key_result_id || null}
      onChange={(id) => form.setFieldValue('parent_key_result_id', id ?? '')}
    />
  )
}
