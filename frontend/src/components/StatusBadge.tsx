import { Badge, type BadgeProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { STATUS_COLOR, type StatusWord } from '@/theme/status'

/** The one vocabulary of states, always as a word beside its colour. */
export function StatusBadge({ status, ...props }: { status: StatusWord } & BadgeProps) {
  const { t } = useTranslation()
  return (
    <Badge
      variant="dot"
      color={STATUS_COLOR[status]}
      styles={{ root: { borderColor: 'var(--app-border)', flexShrink: 0 } }}
      {...props}
    >
      {t(`status.${status}`)}
    </Badge>
  )
}
