import { Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SmartHints } from '@/api/gen/types.gen'
import { MetBadge } from '@/components/MetBadge'

const CRITERIA = ['specific', 'measurable', 'achievable', 'relevant', 'time_bound'] as const

/** Which of the five a goal meets. */
export function Criteria({ met }: Pick<SmartHints, 'met'>) {
  const { t } = useTranslation()
  return (
    <Group gap={6}>
      {CRITERIA.map((each) => {
        const isMet = met.includes(each)
        const criterion = t(`smart.criterion.${each}`)
        return (
          <MetBadge
            key={each}
            isMet={isMet}
            label={criterion}
            title={t(isMet ? 'smart.met' : 'smart.open', { criterion })}
          />
        )
      })}
    </Group>
  )
}
