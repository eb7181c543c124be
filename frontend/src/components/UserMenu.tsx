import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconDevices, IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signOut } from '@/api/gen/sdk.gen'
import { useMe } from '@/api/me'
import { endSession } from '@/api/session'
import { forgetDrafts } from '@/lib/drafts'
import { PersonAvatar } from './PersonAvatar'

/** Leaving works even when the server cannot be told: the token is forgotten here. */
export function useSignOut() {
  const queryClient = useQueryClient()
  const leave = useMutation({
    mutationFn: async () => {
      // What is still being read would be refused, and reported as if something had gone wrong.
      await queryClient.cancelQueries()
      await signOut()
    },
    meta: { handled: true },
    onSettled: () => {
      forgetDrafts()
      endSession()
    },
  })
  return () => leave.mutate()
}

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const leave = useSignOut()
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>{t('userMenu.label', { name: me.person.name })}</VisuallyHidden>
          <PersonAvatar name={me.person.name} size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" component="span" display="block">
            {me.person.name}
          </Text>
          {me.person.job_title ?? me.organization.name}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUser size={17} stroke={1.7} />}
          renderRoot={(props) => (
            <Link to="/people/$personId" params={{ personId: me.person.id }} {...props} />
          )}
        >
          {t('userMenu.myPage')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDevices size={17} stroke={1.7} />}
          renderRoot={(props) => <Link to="/account" {...props} />}
        >
          {t('userMenu.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={17} stroke={1.7} />} onClick={onShortcuts}>
          {t('userMenu.shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} stroke={1.7} />} onClick={leave}>
          {t('userMenu.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
