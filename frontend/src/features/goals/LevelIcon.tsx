import { IconBuilding, IconBuildingCommunity, IconUser, IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Goal } from '@/api/gen/types.gen'

const SHAPE = {
  company: IconBuildingCommunity,
  department: IconBuilding,
  team: IconUsersGroup,
  person: IconUser,
}

/** Whose goal it is, at a glance; spoken as a word. */
export function LevelIcon({ level, size = 17 }: { level: Goal['level']; size?: number }) {
  const { t } = useTranslation()
  const Shape = SHAPE[level]
  return (
    <Shape
      size={size}
      stroke={1.6}
      role="img"
      aria-label={t(`goal.level.${level}`)}
      style={{ flexShrink: 0, color: 'var(--mantine-color-dimmed)' }}
    />
  )
}
