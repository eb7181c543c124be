import { Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportRowDocument, ImportSummary as Summary } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'
import { STATUS_COLOR } from '@/theme/status'
import classes from './ImportSummary.module.css'
import { OUTCOMES } from './outcomes'

interface ImportSummaryProps {
  summary: Summary
  outcome: ImportRowDocument['outcome'] | undefined
  onOutcome: (outcome: ImportRowDocument['outcome'] | undefined) => void
}

/** The counts of the plan; each shows its rows. */
export function ImportSummary({ summary, outcome, onOutcome }: ImportSummaryProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section className={classes.tiles} aria-label={t('imports.summary')}>
      {OUTCOMES.map((each) => (
        <UnstyledButton
          key={each}
          className={classes.tile}
          aria-pressed={outcome === each}
          onClick={() => onOutcome(outcome === each ? undefined : each)}
        >
          <Text size="sm" c="dimmed">
            <span
              aria-hidden
              className={classes.dot}
              style={{ background: `var(--mantine-color-${STATUS_COLOR[each]}-5)` }}
            />
            {t(`status.${each}`)}
          </Text>
          <Text fz={26} fw={680} lh={1.25} className="tabular">
            {format.number(summary[each])}
          </Text>
        </UnstyledButton>
      ))}
    </section>
  )
}
