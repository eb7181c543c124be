import { Button, type ButtonProps, Group, Popover, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface ConfirmButtonProps extends ButtonProps {
  /** What will happen, in one sentence. */
  question: string
  /** The verb again, on the button that does it. */
  confirmLabel: string
  onConfirm: () => void
  children: ReactNode
  'aria-label'?: string
}

/** For what cannot be undone: asks once, beside the button. What can be undone offers Undo. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { question, confirmLabel, onConfirm, children, ...button } = props
  const { t } = useTranslation()
  const [asking, { open, close }] = useDisclosure()
  const opener = useRef<HTMLButtonElement>(null)
  const leave = () => {
    close()
    opener.current?.focus()
  }
  return (
    <Popover
      opened={asking}
      onDismiss={close}
      trapFocus
      returnFocus
      position="bottom-end"
      width={300}
    >
      <Popover.Target>
        <Button ref={opener} variant="default" {...button} onClick={open}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text size="sm">{question}</Text>
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={leave} data-autofocus>
              {t('common.cancel')}
            </Button>
            <Button
              size="xs"
              color="coral.7"
              onClick={() => {
                leave()
                onConfirm()
              }}
            >
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
