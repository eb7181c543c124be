import { Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CoachRule } from '@/api/gen/types.gen'

/** In the order of importance. */
const RULES: CoachRule[] = [
  'loaded',
  'personality',
  'absolute',
  'no_example',
  'no_situation',
  'no_number',
  'no_impact',
  'no_next_step',
  'hedged',
  'vague_adjective',
]

interface CoachSwitchesProps {
  disabled: boolean
  /** The rules that are silent. */
  off: CoachRule[]
  onChange: (off: CoachRule[]) => void
}

/** What the coach may remark on: a switch for each of its rules. */
export function CoachSwitches({ disabled, off, onChange }: CoachSwitchesProps) {
  const { t } = useTranslation()
  return (
    <Switch.Group
      label={t('coach.settings.title')}
      description={t('coach.settings.hint')}
      value={RULES.filter((rule) => !off.includes(rule))}
      // Sorted, as the API answers: what is switched there and back has not changed.
      onChange={(on) => onChange(RULES.filter((rule) => !on.includes(rule)).toSorted())}
    >
      <Stack gap={8} mt="xs">
        {RULES.map((rule) => (
          <Switch
            key={rule}
            value={rule}
            disabled={disabled}
            label={t(`coach.rule.${rule}.name`)}
          />
        ))}
      </Stack>
    </Switch.Group>
  )
}
