import { Input, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalFields } from './goalFields'

const AMBITIONS = ['committed', 'aspirational'] as const
const PURPOSES = ['business', 'development'] as const

interface Props {
  // biome-ignore lint/suspicious/noExplicitAny: stands in the form of one goal and of many
  form: UseFormReturnType<any>
}

/** What kind of goal it is to be. */
export function NatureInputs({ form }: Props) {
  const { t } = useTranslation()
  const values: Pick<GoalFields, 'ambition' | 'purpose'> = form.values
  const [ambition, purpose] = [useId(), useId()]
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Stack gap={4}>
        <Input.Label component="div" labelElement="div" id={ambition}>
          {t('goal.ambition')}
        </Input.Label>
        <SegmentedControl
          aria-labelledby={ambition}
          data={AMBITIONS.map((each) => ({ value: each, label: t(`goal.ambitions.${each}`) }))}
          {...form.getInputProps('ambition')}
        />
        <Text size="xs" c="dimmed">
          {t(`goal.ambitionHint.${values.ambition}`)}
        </Text>
      </Stack>
      <Stack gap={4}>
        <Input.Label component="div" labelElement="div" id={purpose}>
          {t('goal.purpose')}
        </Input.Label>
        <SegmentedControl
          aria-labelledby={purpose}
          data={PURPOSES.map((each) => ({ value: each, label: t(`goal.purposeShort.${each}`) }))}
          {...form.getInputProps('purpose')}
        />
        <Text size="xs" c="dimmed">
          {t(`goal.purposeHint.${values.purpose}`)}
        </Text>
      </Stack>
    </SimpleGrid>
  )
}
