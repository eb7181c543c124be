import { Stack, Text, ThemeIcon } from '@mantine/core'
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
}

/** An empty place teaches: a sentence, one act, an example. */
export function EmptyState({ icon: Icon, title, children, action, example }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      <Text fw={620} mt={6}>
        {title}
      </Text>
      <Text c="dimmed" size="sm" maw={440}>
        {children}
      </Text>
      {example && (
        <Text size="sm" fs="italic" c="dimmed" maw={440}>
          {example}
        </Text>
      )}
      {action && <div style={{ marginTop: 8 }}>{action}</div>}
    </Stack>
  )
}
