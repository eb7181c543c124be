import { useTranslation } from 'react-i18next'
import type { KeyResultBrief } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'

type Measured = Pick<KeyResultBrief, 'current' | 'target' | 'unit' | 'kind'>

/** "48 of 60 pts" */
export function KeyResultValue({ keyResult }: { keyResult: Measured }) {
  const { t } = useTranslation()
  const format = useFormat()
  const unit = keyResult.kind === 'percent' ? '%' : (keyResult.unit ?? '')
  return (
    <>
      {t('goal.currentOfTarget', {
        current: format.number(keyResult.current),
        target: `${format.number(keyResult.target)} ${unit}`.trim(),
      })}
    </>
  )
}
