import { Group, Stack, Text, ThemeIcon } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: Icon
  title: string
  /** One sentence: what will stand here, and what it is good for. */
  children: ReactNode
  /** The one thing to do about it. */
  action?: ReactNode
  /** What it could look like. */
  example?: string
  /** One card among many, that should not push the others away. */
  compact?: boolean
}

/** An empty place teaches: a sentence, one act, an example. */
export function EmptyState(props: EmptyStateProps) {
  const { icon: Icon, title, children, action, example, compact } = props
  const words = (
    <>
      <Text fw={620} size={compact ? 'sm' : 'md'} mt={compact ? 0 : 6}>
        {title}
      </Text>
      <Text c="dimmed" size="sm" maw={compact ? undefined : 440}>
        {children}
      </Text>
      {example && (
        <Text size="sm" fs="italic" c="dimmed" maw={compact ? undefined : 440}>
          {example}
        </Text>
      )}
      {action && <div style={{ marginTop: 8 }}>{action}</div>}
    </>
  )
  const sign = (
    <ThemeIcon size={compact ? 38 : 52} radius="xl" variant="light" aria-hidden>
      <Icon size={compact ? 20 : 26} stroke={1.6} />
    </ThemeIcon>
  )
  if (compact) {
    return (
      <Group align="flex-start" wrap="nowrap" gap="md" className="empty-part">
        {sign}
        <Stack gap={2}>{words}</Stack>
      </Group>
    )
  }
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      {sign}
      {words}
    </Stack>
  )
}
