import { Badge } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'

interface MetBadgeProps {
  isMet: boolean
  label: string
  /** The same, said with whether it is met. */
  title: string
}

/** Something that a text should hold, filled once it does. */
export function MetBadge({ isMet, label, title }: MetBadgeProps) {
  const Shape = isMet ? IconCircleCheck : IconCircleDashed
  return (
    <Badge
      role="img"
      aria-label={title}
      title={title}
      color={isMet ? 'leaf' : 'gray'}
      leftSection={<Shape size={13} aria-hidden />}
    >
      {label}
    </Badge>
  )
}
