import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import i18n from 'i18next'

/** The cross has no words of its own. */
const closing = () => ({ closeButtonProps: { 'aria-label': i18n.t('common.close') } })

export function toastDone(message: string): void {
  notifications.show({
    ...closing(),
    message,
    color: 'leaf',
    icon: <IconCheck size={18} />,
    autoClose: 4000,
  })
}

export function toastProblem(message: string): void {
  notifications.show({
    ...closing(),
    message,
    color: 'coral',
    icon: <IconAlertTriangle size={18} />,
    autoClose: 8000,
  })
}

/** Done already, and taken back with one click: kinder than asking beforehand. */
export function toastUndo(message: string, undoLabel: string, undo: () => void): void {
  const id = notifications.show({
    ...closing(),
    autoClose: 8000,
    color: 'leaf',
    icon: <IconCheck size={18} />,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          style={{ flexShrink: 0 }}
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {undoLabel}
        </Button>
      </Group>
    ),
  })
}
