import { Select, SimpleGrid, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { DecimalInput } from '@/components/DecimalInput'
import { CURRENCIES } from './currencies'
import { emptyMilestone, type KeyResultFields, unitFor } from './goalFields'
import { isRange, KINDS, type Kind } from './kinds'
import { type DueBy, MilestonesInput } from './MilestonesInput'
import { WithHint } from './smart/SmartAdvice'

interface KeyResultInputsProps {
  // biome-ignore lint/suspicious/noExplicitAny: stands in the goal's form and in one of its own
  form: UseFormReturnType<any>
  /** Where the fields lie in the form: `key_results.0.`, or nothing. */
  at: string
  fields: KeyResultFields
  /** There are check-ins, which would mean something else under another kind. */
  isKindFixed?: boolean
  autoFocus?: boolean
  /** How milestones say when they are due. */
  dueBy?: DueBy
}

type Part = Pick<KeyResultInputsProps, 'form' | 'at' | 'fields'>

function KindInput(props: KeyResultInputsProps) {
  const { form, at, fields, isKindFixed } = props
  const { t } = useTranslation()
  const choose = (kind: Kind) => {
    form.setFieldValue(`${at}unit`, unitFor(kind, fields))
    if (kind === 'milestones' && fields.milestones.length === 0) {
      form.setFieldValue(`${at}milestones`, [emptyMilestone()])
    }
    form.setFieldValue(`${at}kind`, kind)
  }
  return (
    <Select
      label={t('keyResult.kind')}
      description={isKindFixed ? t('keyResult.kindStays') : t(`keyResult.kindHint.${fields.kind}`)}
      disabled={isKindFixed}
      allowDeselect={false}
      styles={{ options: { maxHeight: 420, overflowY: 'auto' } }}
      data={KINDS.map((kind) => ({ value: kind, label: t(`keyResult.kinds.${kind}`) }))}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {t(`keyResult.kindHint.${option.value as Kind}`)}
          </Text>
        </div>
      )}
      {...form.getInputProps(`${at}kind`)}
      onChange={(kind) => choose(kind as Kind)}
    />
  )
}

function UnitInput({ form, at, fields }: Part) {
  const { t } = useTranslation()
  if (fields.kind === 'percent') return null
  if (fields.kind === 'currency') {
    return (
      <Select
        required
        searchable
        label={t('keyResult.currency')}
        data={CURRENCIES}
        allowDeselect={false}
        {...form.getInputProps(`${at}unit`)}
      />
    )
  }
  return (
    <TextInput
      label={t('keyResult.unit')}
      placeholder={t('keyResult.unitExample')}
      maxLength={40}
      {...form.getInputProps(`${at}unit`)}
    />
  )
}

/** From where to where; percent has no unit of its own. */
function RangeInputs(part: Part) {
  const { t } = useTranslation()
  const { form, at, fields } = part
  return (
    <SimpleGrid cols={{ base: 2, xs: fields.kind === 'percent' ? 2 : 3 }} spacing="sm">
      <DecimalInput required label={t('keyResult.start')} {...form.getInputProps(`${at}start`)} />
      <DecimalInput required label={t('keyResult.target')} {...form.getInputProps(`${at}target`)} />
      <UnitInput {...part} />
    </SimpleGrid>
  )
}

function BandInputs(part: Part) {
  const { t } = useTranslation()
  const { form, at } = part
  return (
    <>
      <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm">
        <DecimalInput label={t('keyResult.lower')} {...form.getInputProps(`${at}lower`)} />
        <DecimalInput label={t('keyResult.upper')} {...form.getInputProps(`${at}upper`)} />
        <UnitInput {...part} />
      </SimpleGrid>
      <DecimalInput
        label={t('keyResult.tolerance')}
        description={t('keyResult.toleranceHint')}
        {...form.getInputProps(`${at}tolerance`)}
      />
    </>
  )
}

/** What is measured and how; each kind asks for what it needs, and for nothing else. */
export function KeyResultInputs(props: KeyResultInputsProps) {
  const { form, at, fields, autoFocus, dueBy } = props
  const { t } = useTranslation()
  const part = { form, at, fields }
  return (
    <>
      <WithHint at={`${at}title`}>
        <TextInput
          required
          data-autofocus={autoFocus || undefined}
          label={t('keyResult.title')}
          placeholder={t('keyResult.titleExample')}
          maxLength={200}
          {...form.getInputProps(`${at}title`)}
        />
      </WithHint>
      <WithHint at={`${at}kind`}>
        <KindInput {...props} />
      </WithHint>
      <WithHint at={[`${at}target`, `${at}unit`]}>
        {isRange(fields.kind) && <RangeInputs {...part} />}
        {fields.kind === 'maintain' && <BandInputs {...part} />}
      </WithHint>
      {fields.kind === 'milestones' && (
        <MilestonesInput
          form={form}
          path={`${at}milestones`}
          milestones={fields.milestones}
          dueBy={dueBy}
        />
      )}
    </>
  )
}
