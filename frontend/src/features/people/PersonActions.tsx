import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconArrowsExchange,
  IconDoorEnter,
  IconDoorExit,
  IconDots,
  IconMailPlus,
  IconPencil,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PersonDetail } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { InvitationDialog } from './InvitationDialog'
import { LeavingDrawer } from './LeavingDrawer'
import { ManagerDrawer } from './ManagerDrawer'
import { PersonDrawer } from './PersonDrawer'
import { ReturnDrawer } from './ReturnDrawer'
import type { PersonDialog } from './search'

const ACT: Record<PersonDialog, string> = {
  edit: 'edit',
  manager: 'change_manager',
  leave: 'record_leaving',
  return: 'record_return',
  invite: 'invite',
}

const REST = [
  { dialog: 'manager', icon: IconArrowsExchange },
  { dialog: 'invite', icon: IconMailPlus },
  { dialog: 'leave', icon: IconDoorExit },
  { dialog: 'return', icon: IconDoorEnter },
] as const

interface PersonActionsProps {
  person: PersonDetail
  dialog: PersonDialog | undefined
  onDialog: (dialog: PersonDialog | undefined) => void
}

/** What you may do about this person, as the API says. */
export function PersonActions({ person, dialog, onDialog }: PersonActionsProps) {
  const { t } = useTranslation()
  const close = () => onDialog(undefined)
  const opened = dialog && may(person, ACT[dialog]) ? dialog : undefined
  const rest = REST.filter((entry) => may(person, ACT[entry.dialog]))
  return (
    <>
      {may(person, 'edit') && (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} />}
          onClick={() => onDialog('edit')}
        >
          {t('common.edit')}
        </Button>
      )}
      {rest.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('common.more')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ dialog: entry, icon: Icon }) => (
              <Menu.Item
                key={entry}
                leftSection={<Icon size={17} stroke={1.7} />}
                onClick={() => onDialog(entry)}
              >
                {t(`person.act.${entry}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {opened === 'edit' && <PersonDrawer person={person} onClosed={close} />}
      {opened === 'manager' && <ManagerDrawer person={person} onClosed={close} />}
      {opened === 'leave' && <LeavingDrawer person={person} onClosed={close} />}
      {opened === 'return' && <ReturnDrawer person={person} onClosed={close} />}
      {opened === 'invite' && <InvitationDialog person={person} onClose={close} />}
    </>
  )
}
