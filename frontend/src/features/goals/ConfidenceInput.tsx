import { Input } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ConfidenceInput.module.css'

interface ConfidenceInputProps {
  value: number | null
  onChange: (confidence: number) => void
}

const SCALE = Array.from({ length: 11 }, (_, step) => step)

/** How sure somebody is to get there, 0 to 10: a judgement of its own, apart from progress. */
export function ConfidenceInput({ value, onChange }: ConfidenceInputProps) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset className={classes.field}>
      <Input.Label component="legend">{t('checkIn.confidence')}</Input.Label>
      <div className={classes.scale}>
        {SCALE.map((step) => (
          <label key={step} className={classes.step}>
            <input
              type="radio"
              name={name}
              value={step}
              checked={value === step}
              onChange={() => onChange(step)}
            />
            <span>{step}</span>
          </label>
        ))}
      </div>
      <div className={classes.ends} aria-hidden>
        <span>{t('checkIn.unsure')}</span>
        <span>{t('checkIn.sure')}</span>
      </div>
    </fieldset>
  )
}
