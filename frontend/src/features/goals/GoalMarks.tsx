import { Badge, Group } from '@mantine/core'
import { IconFlag, IconHeartHandshake, IconRocket, IconSeedling } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GoalDetail } from '@/api/gen/types.gen'

/** What kind of goal it is, and how far both sides agree on it. */
export function GoalMarks({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const AmbitionIcon = goal.ambition === 'aspirational' ? IconRocket : IconFlag
  return (
    <Group gap={6}>
      <Badge variant="light" color="gray" leftSection={<AmbitionIcon size={13} />}>
        {t(`goal.ambitions.${goal.ambition}`)}
      </Badge>
      {goal.purpose === 'development' && (
        <Badge variant="light" color="gray" leftSection={<IconSeedling size={13} />}>
          {t('goal.purposes.development')}
        </Badge>
      )}
      {goal.agreement !== 'none' && (
        <Badge
          variant="light"
          color={goal.agreement === 'agreed' ? 'leaf' : 'amber'}
          leftSection={<IconHeartHandshake size={13} />}
        >
          {goal.awaits ? t(`agreement.awaits.${goal.awaits}`) : t('agreement.agreed')}
        </Badge>
      )}
    </Group>
  )
}
