import { useTranslation } from 'react-i18next'
import type { KeyResult, KeyResultBrief } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'
import { countMilestones, isRange } from './kinds'
import { useValueText } from './useValueText'

type Shown = Pick<
  KeyResultBrief,
  'current' | 'start' | 'target' | 'lower' | 'upper' | 'unit' | 'kind'
> & { milestones: KeyResult['milestones'] | KeyResultBrief['milestones'] }

/** "between 95 and 99 %", "at least 95 %" */
export function useBandText() {
  const { t } = useTranslation()
  const format = useFormat()
  const valueText = useValueText()
  return (keyResult: Pick<Shown, 'lower' | 'upper' | 'unit' | 'kind'>): string => {
    const { lower, upper } = keyResult
    if (lower !== null && upper !== null) {
      const band = { lower: format.number(lower), upper: valueText(keyResult, upper) }
      return t('keyResult.between', band)
    }
    return lower === null
      ? t('keyResult.atMost', { value: valueText(keyResult, upper ?? '0') })
      : t('keyResult.atLeast', { value: valueText(keyResult, lower) })
  }
}

/** Where it stands, in the words of its kind: "48 of 60 points", "3 of 5 milestones", "yes". */
export function KeyResultValue({ keyResult }: { keyResult: Shown }) {
  const { t } = useTranslation()
  const format = useFormat()
  const valueText = useValueText()
  const bandText = useBandText()
  const { kind, current, target } = keyResult
  if (kind === 'milestones') {
    const { done, total } = countMilestones(keyResult.milestones)
    return <>{t('keyResult.milestonesDone', { count: total, done })}</>
  }
  if (kind === 'maintain') {
    const band = bandText(keyResult)
    if (current === null) return <>{t('keyResult.bandUnknown', { band })}</>
    return <>{t('keyResult.bandAt', { value: valueText(keyResult, current), band })}</>
  }
  if (current === null) return null
  if (kind === 'manual') {
    return <>{t('keyResult.judged', { value: valueText(keyResult, current) })}</>
  }
  if (!isRange(kind) || target === null) return <>{valueText(keyResult, current)}</>
  return (
    <>
      {t('goal.currentOfTarget', {
        current: kind === 'currency' ? valueText(keyResult, current) : format.number(current),
        target: valueText(keyResult, target),
      })}
    </>
  )
}
