import { Badge, Group } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SmartHints } from '@/api/gen/types.gen'

const CRITERIA = ['specific', 'measurable', 'achievable', 'relevant', 'time_bound'] as const

/** Which of the five a goal meets. */
export function Criteria({ met }: Pick<SmartHints, 'met'>) {
  const { t } = useTranslation()
  return (
    <Group gap={6}>
      {CRITERIA.map((each) => {
        const isMet = met.includes(each)
        const Shape = isMet ? IconCircleCheck : IconCircleDashed
        const criterion = t(`smart.criterion.${each}`)
        return (
          <Badge
            key={each}
            color={isMet ? 'leaf' : 'gray'}
            leftSection={<Shape size={13} aria-hidden />}
            title={t(isMet ? 'smart.met' : 'smart.open', { criterion })}
          >
            {criterion}
          </Badge>
        )
      })}
    </Group>
  )
}
