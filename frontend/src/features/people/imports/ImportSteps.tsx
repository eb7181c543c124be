import { Stepper, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useIsNarrow } from '@/components/useIsNarrow'

const STEPS = ['upload', 'map', 'check', 'done'] as const

/** Where one stands on the way from a file to people. */
export function ImportSteps({ at }: { at: (typeof STEPS)[number] | 'finished' }) {
  const { t } = useTranslation()
  const narrow = useIsNarrow()
  const active = at === 'finished' ? STEPS.length : STEPS.indexOf(at)
  return (
    <Stepper active={active} mb="xl" size="sm" allowNextStepsSelect={false} className="no-print">
      {STEPS.map((step, index) => (
        <Stepper.Step
          key={step}
          label={
            narrow && index !== active ? (
              <VisuallyHidden>{t(`imports.step.${step}`)}</VisuallyHidden>
            ) : (
              t(`imports.step.${step}`)
            )
          }
          aria-current={index === active ? 'step' : undefined}
          component="div"
        />
      ))}
    </Stepper>
  )
}
