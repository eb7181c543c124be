import { Box, Button, CloseButton, Collapse, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBulb } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface AdviceProps {
  advice: string
  why: string
  example?: string
  /** What opens the reason. */
  moreLabel: string
  /** Beside the reason: where to follow the advice. */
  action?: ReactNode
  onDismiss?: () => void
}

/** One piece of advice; why, and an example, on demand. */
export function Advice({ advice, why, example, moreLabel, action, onDismiss }: AdviceProps) {
  const { t } = useTranslation()
  const [more, { toggle }] = useDisclosure()
  const label = more ? t('advice.less') : moreLabel
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <IconBulb size={17} stroke={1.7} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Box flex={1} miw={0}>
        <Text size="sm" c="dimmed">
          {advice}
        </Text>
        <Collapse expanded={more}>
          <Text size="xs" c="dimmed" mt={2}>
            {why}
          </Text>
          {example && (
            <Text size="xs" c="dimmed" fs="italic" mt={2}>
              {example}
            </Text>
          )}
        </Collapse>
        <Group gap={4}>
          <Button
            size="compact-xs"
            variant="subtle"
            ml={-8}
            onClick={toggle}
            aria-expanded={more}
            aria-label={`${label}: ${advice}`}
          >
            {label}
          </Button>
          {action}
        </Group>
      </Box>
      {onDismiss && (
        <CloseButton size="sm" aria-label={t('advice.dismiss', { advice })} onClick={onDismiss} />
      )}
    </Group>
  )
}
