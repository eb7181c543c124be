import { Select, SimpleGrid, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/DecimalInput'

interface KeyResultInputsProps {
  // biome-ignore lint/suspicious/noExplicitAny: stands in the goal's form and in one of its own
  form: UseFormReturnType<any>
  /** Where the fields lie in the form: `key_results.0.`, or nothing. */
  at: string
  isPercent: boolean
  autoFocus?: boolean
}

/** What is measured, from where, to where. */
export function KeyResultInputs({ form, at, isPercent, autoFocus }: KeyResultInputsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        required
        data-autofocus={autoFocus || undefined}
        label={t('keyResult.title')}
        placeholder={t('keyResult.titleExample')}
        maxLength={200}
        {...form.getInputProps(`${at}title`)}
      />
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="sm">
        <Select
          label={t('keyResult.kind')}
          data={(['number', 'percent'] as const).map((kind) => ({
            value: kind,
            label: t(`keyResult.kinds.${kind}`),
          }))}
          allowDeselect={false}
          {...form.getInputProps(`${at}kind`)}
        />
        <TextInput
          label={t('keyResult.unit')}
          placeholder={isPercent ? '%' : t('keyResult.unitExample')}
          disabled={isPercent}
          maxLength={20}
          {...form.getInputProps(`${at}unit`)}
        />
        <DecimalInput required label={t('keyResult.start')} {...form.getInputProps(`${at}start`)} />
        <DecimalInput
          required
          label={t('keyResult.target')}
          {...form.getInputProps(`${at}target`)}
        />
      </SimpleGrid>
    </>
  )
}
