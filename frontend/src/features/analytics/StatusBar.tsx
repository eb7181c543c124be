import { useTranslation } from 'react-i18next'
import type { InsightStatus } from '@/api/gen/types.gen'
import { barColor } from '@/theme/status'

export const STANDINGS = ['on_track', 'at_risk', 'off_track', 'no_number'] as const
export type Standing = (typeof STANDINGS)[number]

export const colorOf = (standing: Standing) => barColor(standing === 'no_number' ? null : standing)

/** Goals by their status in one bar; its words say the same. */
export function StatusBar({ status, label }: { status: InsightStatus; label: string }) {
  const { t } = useTranslation()
  const told = STANDINGS.filter((one) => status[one] > 0)
  const word = (one: Standing) =>
    one === 'no_number' ? t('insights.noNumber') : t(`status.${one}`)
  return (
    <div
      role="img"
      aria-label={`${label}: ${told.map((one) => `${status[one]} ${word(one)}`).join(', ')}`}
      style={{ display: 'flex', gap: 2, height: 10, borderRadius: 5, overflow: 'hidden' }}
    >
      {told.map((one) => (
        <div key={one} style={{ flex: status[one], background: colorOf(one) }} />
      ))}
    </div>
  )
}
