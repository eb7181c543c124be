import { Box, Button, CloseButton, Collapse, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBulb } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SmartHint } from '@/api/gen/types.gen'

interface HintProps {
  hint: SmartHint
  /** Beside the reason: where to follow the advice. */
  action?: ReactNode
  onDismiss?: () => void
}

/** One piece of advice; why, and an example, on demand. */
export function Hint({ hint, action, onDismiss }: HintProps) {
  const { t } = useTranslation()
  const [more, { toggle }] = useDisclosure()
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <IconBulb size={17} stroke={1.7} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Box flex={1}>
        <Text size="sm" c="dimmed">
          {hint.advice}
        </Text>
        <Collapse expanded={more}>
          <Text size="xs" c="dimmed" mt={2}>
            {hint.why}
          </Text>
          <Text size="xs" c="dimmed" fs="italic" mt={2}>
            {hint.example}
          </Text>
        </Collapse>
        <Group gap={4}>
          <Button
            size="compact-xs"
            variant="subtle"
            ml={-8}
            onClick={toggle}
            aria-expanded={more}
            aria-label={`${more ? t('smart.less') : t('smart.more')}: ${hint.advice}`}
          >
            {more ? t('smart.less') : t('smart.more')}
          </Button>
          {action}
        </Group>
      </Box>
      {onDismiss && (
        <CloseButton
          size="sm"
          aria-label={t('smart.dismiss', { advice: hint.advice })}
          onClick={onDismiss}
        />
      )}
    </Group>
  )
}
