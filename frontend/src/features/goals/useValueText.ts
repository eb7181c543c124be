import { useTranslation } from 'react-i18next'
import type { KeyResult } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'
import { toNumber } from '@/lib/decimal'

type Measured = Pick<KeyResult, 'kind' | 'unit'>

/** One value of a key result as people say it: "48 points", "€1,200", "yes", "40%". */
export function useValueText() {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ kind, unit }: Measured, value: string): string => {
    switch (kind) {
      case 'currency':
        return format.currency(value, unit ?? 'EUR')
      case 'binary':
        return t(toNumber(value) === 1 ? 'keyResult.yes' : 'keyResult.notYet')
      case 'milestones':
        return format.percent(value)
      case 'manual':
        return format.percent(toNumber(value) / 100)
      default:
        return `${format.number(value)} ${kind === 'percent' ? '%' : (unit ?? '')}`.trim()
    }
  }
}
