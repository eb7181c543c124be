import { Group, Kbd, Modal, Stack, Switch, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { MOD_KEY } from './modKey'
import { placesOf } from './navigation'

interface ShortcutsDialogProps {
  opened: boolean
  onClose: () => void
  plainKeys: boolean
  onPlainKeys: (enabled: boolean) => void
}

function Keys({ keys }: { keys: string[] }) {
  return (
    <Group gap={4} wrap="nowrap">
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </Group>
  )
}

export default function ShortcutsDialog(props: ShortcutsDialogProps) {
  const { opened, onClose, plainKeys, onPlainKeys } = props
  const { t } = useTranslation()
  const me = useMe()
  const rows = [
    { keys: [MOD_KEY, 'K'], label: t('shortcuts.palette') },
    { keys: ['?'], label: t('shortcuts.help') },
    { keys: ['n'], label: t('shortcuts.newGoal') },
    ...placesOf(me).map(({ key, shortcut }) => ({
      keys: shortcut.split(' '),
      label: t('shortcuts.goTo', { place: t(`nav.${key}`) }),
    })),
  ]
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <Table withRowBorders={false} verticalSpacing={6}>
          <Table.Tbody>
            {rows.map(({ keys, label }) => (
              <Table.Tr key={label}>
                <Table.Td>
                  <Text size="sm">{label}</Text>
                </Table.Td>
                <Table.Td w={110}>
                  <Keys keys={keys} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          checked={plainKeys}
          onChange={(event) => onPlainKeys(event.currentTarget.checked)}
          label={t('shortcuts.plainKeys')}
          description={t('shortcuts.plainKeysHint')}
        />
      </Stack>
    </Modal>
  )
}
