import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/format'
import { clampUnit, toNumber } from '@/lib/decimal'
import { barColor } from '@/theme/status'
import classes from './ProgressBar.module.css'

interface ProgressBarProps {
  /** What is measured: "Progress of Raise NPS to 60". */
  label: string
  /** The API's decimal, or null as long as there is nothing to measure. */
  progress: string | null
  /** Where it should stand by now; drawn as a mark on the bar. */
  expected?: string | null
  status: 'on_track' | 'at_risk' | 'off_track' | null
  size?: 'sm' | 'lg'
}

export function ProgressBar({ label, progress, expected, status, size = 'sm' }: ProgressBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const value = progress === null ? null : clampUnit(toNumber(progress))
  const mark = expected == null ? null : clampUnit(toNumber(expected))
  const spoken = [
    progress === null ? t('progress.none') : format.percent(progress),
    mark !== null && t('progress.expectedByNow', { percent: format.percent(mark) }),
    status && t(`status.${status}`),
  ]
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn with a mark on it
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((value ?? 0) * 100)}
      aria-valuetext={spoken.filter(Boolean).join(', ')}
      className={classes.track}
      data-size={size}
      data-empty={value === null || undefined}
    >
      {value !== null && value > 0 && (
        <div
          className={classes.fill}
          style={{ width: `${value * 100}%`, background: barColor(status) }}
        />
      )}
      {mark !== null && mark > 0 && mark < 1 && (
        <div className={classes.expected} style={{ left: `${mark * 100}%` }} />
      )}
    </div>
  )
}
