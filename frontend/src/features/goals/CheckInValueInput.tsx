import { Checkbox, Radio, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { KeyResult } from '@/api/gen/types.gen'
import { DecimalInput } from '@/components/DecimalInput'
import { useFormat } from '@/i18n/format'
import { useBandText } from './KeyResultValue'
import type { CheckInValues } from './mutations'
import { useValueText } from './useValueText'

interface CheckInValueInputProps {
  form: UseFormReturnType<CheckInValues>
  index: number
  keyResult: KeyResult
  autoFocus: boolean
}

function useHint(keyResult: KeyResult): string {
  const { t } = useTranslation()
  const format = useFormat()
  const valueText = useValueText()
  const bandText = useBandText()
  const { current, start, target } = keyResult
  const last = current === null ? null : valueText(keyResult, current)
  if (keyResult.kind === 'maintain') {
    const band = bandText(keyResult)
    return last === null
      ? t('checkIn.bandHintFirst', { band })
      : t('checkIn.bandHint', { last, band })
  }
  if (keyResult.kind === 'manual') return t('checkIn.manualHint', { last })
  const shown = (value: string | null) =>
    keyResult.kind === 'currency' ? valueText(keyResult, value ?? '0') : format.number(value ?? '0')
  return t('checkIn.valueHint', {
    current: shown(current),
    start: shown(start),
    target: shown(target),
  })
}

function NumberInput({ form, index, keyResult, autoFocus }: CheckInValueInputProps) {
  const { t } = useTranslation()
  const hint = useHint(keyResult)
  const isPercent = keyResult.kind === 'percent' || keyResult.kind === 'manual'
  const unit = isPercent ? '%' : keyResult.unit
  return (
    <DecimalInput
      data-autofocus={autoFocus || undefined}
      label={t(keyResult.kind === 'manual' ? 'checkIn.howFar' : 'checkIn.value')}
      description={hint}
      rightSection={
        unit && (
          <Text size="sm" c="dimmed" pr="sm" style={{ whiteSpace: 'nowrap' }}>
            {unit}
          </Text>
        )
      }
      rightSectionWidth={unit && unit.length > 3 ? 90 : 48}
      onFocus={(event) => event.currentTarget.select()}
      {...form.getInputProps(`entries.${index}.value`)}
    />
  )
}

function YesOrNo({ form, index, autoFocus }: CheckInValueInputProps) {
  const { t } = useTranslation()
  const path = `entries.${index}.value`
  return (
    <Radio.Group label={t('checkIn.isIt')} {...form.getInputProps(path)}>
      <Stack gap={8} mt={8}>
        {(['1', '0'] as const).map((value) => (
          <Radio
            key={value}
            value={value}
            data-autofocus={(autoFocus && form.values.entries[index]?.value === value) || undefined}
            label={t(value === '1' ? 'keyResult.yes' : 'keyResult.notYet')}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function Steps({ form, index, keyResult, autoFocus }: CheckInValueInputProps) {
  const { t } = useTranslation()
  const path = `entries.${index}.done_milestone_ids`
  const order = keyResult.milestones.map(({ id }) => id)
  return (
    <Checkbox.Group
      label={t('checkIn.whichDone')}
      {...form.getInputProps(path)}
      // In their order, so that a step that is ticked and taken back leaves nothing to save.
      onChange={(done) =>
        form.setFieldValue(
          path,
          order.filter((id) => done.includes(id)),
        )
      }
    >
      <Stack gap={8} mt={8}>
        {keyResult.milestones.map(({ id, title }, place) => (
          <Checkbox
            key={id}
            value={id}
            label={title}
            data-autofocus={(autoFocus && place === 0) || undefined}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

/** Asks where a key result stands, as its kind says it. */
export function CheckInValueInput(props: CheckInValueInputProps) {
  switch (props.keyResult.kind) {
    case 'binary':
      return <YesOrNo {...props} />
    case 'milestones':
      return <Steps {...props} />
    default:
      return <NumberInput {...props} />
  }
}
