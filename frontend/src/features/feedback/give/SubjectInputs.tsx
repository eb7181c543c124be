import { TagsInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/api/gen/types.gen'
import type { SubjectFields } from './fields'
import { GoalInput } from './GoalInput'
import { ValuesInput } from './ValuesInput'

interface SubjectInputsProps {
  // biome-ignore lint/suspicious/noExplicitAny: the subject stands in several forms
  form: UseFormReturnType<any>
  people: PersonRef[]
}

/** What it speaks of: values, skills and a goal, each if one likes. */
export function SubjectInputs({ form, people }: SubjectInputsProps) {
  const { t } = useTranslation()
  const { value_ids, goal } = form.values as SubjectFields
  return (
    <>
      <ValuesInput value={value_ids} onChange={(ids) => form.setFieldValue('value_ids', ids)} />
      <TagsInput
        label={t('feedback.skills')}
        placeholder={t('feedback.skillsExample')}
        maxTags={10}
        maxLength={60}
        {...form.getInputProps('skills')}
      />
      <GoalInput
        people={people}
        value={goal}
        onChange={(next) => form.setFieldValue('goal', next)}
      />
    </>
  )
}
