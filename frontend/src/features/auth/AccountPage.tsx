import {
  Badge,
  Button,
  Card,
  Group,
  PasswordInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  ThemeIcon,
  Title,
  useMantineColorScheme,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconDeviceDesktop, IconDeviceMobile, IconTerminal2 } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { listSessionsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { changePassword, revokeSession } from '@/api/gen/sdk.gen'
import type { Session } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { itemsOf } from '@/api/paging'
import { FormProblem } from '@/components/FormProblem'
import { LoadMore } from '@/components/LoadMore'
import { PageHeader } from '@/components/PageHeader'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { useFormat } from '@/i18n/format'
import { chooseLocale, isLocale, LOCALE_NAME, LOCALES } from '@/i18n/i18n'
import { type Device, deviceOf } from './device'
import { newPasswordError, repetitionError } from './password'
import { sessionFeed } from './queries'

const DEVICE_ICON: Record<Device['kind'], typeof IconDeviceDesktop> = {
  desktop: IconDeviceDesktop,
  phone: IconDeviceMobile,
  script: IconTerminal2,
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queryClient = useQueryClient()
  const device = deviceOf(session.user_agent)
  const Icon = DEVICE_ICON[device.kind]
  const revoke = useMutation({
    mutationFn: () => revokeSession({ path: { session_id: session.id } }),
    onSuccess: () => {
      toastDone(t('account.sessionEnded'))
      return queryClient.invalidateQueries({ queryKey: listSessionsQueryKey() })
    },
  })
  return (
    <Group wrap="nowrap" gap="sm">
      <ThemeIcon variant="light" color="gray" size={38} aria-hidden>
        <Icon size={20} stroke={1.6} />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap={8}>
          <Text size="sm" fw={560}>
            {device.name ?? t('account.unknownDevice')}
          </Text>
          {session.is_current && <Badge color="leaf">{t('account.thisSession')}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {t('account.signedIn', {
            since: format.instant(session.created_at),
            until: format.instant(session.expires_at),
          })}
        </Text>
      </div>
      {!session.is_current && (
        <Button
          size="xs"
          variant="default"
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          {t('account.endSession')}
        </Button>
      )}
    </Group>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const feed = useSuspenseInfiniteQuery(sessionFeed())
  return (
    <Card>
      <Title order={2} mb={4}>
        {t('account.sessions')}
      </Title>
      <Text size="sm" c="dimmed" mb="lg">
        {t('account.sessionsHint')}
      </Text>
      <Stack gap="md">
        {itemsOf(feed.data).map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Stack>
      <LoadMore feed={feed} />
    </Card>
  )
}

function ChangePassword() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current_password: '', new_password: '', again: '' },
    validate: {
      current_password: (value) => (value ? null : t('auth.passwordMissing')),
      new_password: (value) => newPasswordError(t, value),
      again: (value, values) => repetitionError(t, value, values.new_password),
    },
  })
  const save = useFormSave({
    form,
    send: ({ current_password, new_password }) =>
      changePassword({ body: { current_password, new_password } }),
    onSaved: () => {
      form.reset()
      toastDone(t('account.passwordChanged'))
      queryClient.invalidateQueries({ queryKey: listSessionsQueryKey() })
    },
  })
  const field = (name: 'current_password' | 'new_password' | 'again') => ({
    key: form.key(name),
    visibilityToggleButtonProps: { 'aria-label': t('auth.showPassword') },
    ...form.getInputProps(name),
  })
  return (
    <Card>
      <Title order={2} mb={4}>
        {t('account.password')}
      </Title>
      <Text size="sm" c="dimmed" mb="lg">
        {t('account.passwordHint')}
      </Text>
      <form onSubmit={save.submit} noValidate>
        <Stack>
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          <PasswordInput
            label={t('account.currentPassword')}
            autoComplete="current-password"
            {...field('current_password')}
          />
          <PasswordInput
            label={t('auth.newPassword')}
            description={t('auth.passwordHint')}
            autoComplete="new-password"
            {...field('new_password')}
          />
          <PasswordInput
            label={t('auth.passwordAgain')}
            autoComplete="new-password"
            {...field('again')}
          />
          <Group>
            <Button type="submit" loading={save.isSaving}>
              {t('account.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}

function Appearance() {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Card>
      <Title order={2} mb="lg">
        {t('account.appearance')}
      </Title>
      <Stack gap="lg">
        <Select
          label={t('language.label')}
          data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAME[locale] }))}
          value={i18n.language}
          allowDeselect={false}
          onChange={(locale) => isLocale(locale) && chooseLocale(locale)}
        />
        <div>
          <Text size="sm" fw={500} mb={6} id="theme-choice">
            {t('theme.label')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="theme-choice"
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme as 'light' | 'dark' | 'auto')}
            data={(['light', 'dark', 'auto'] as const).map((scheme) => ({
              value: scheme,
              label: t(`theme.${scheme}`),
            }))}
          />
        </div>
      </Stack>
    </Card>
  )
}

interface AccountPageProps {
  /** What other features let one choose for oneself, brought by the route. */
  choices: ReactNode
}

export function AccountPage({ choices }: AccountPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <>
      <PageHeader
        title={t('account.title')}
        subtitle={`${me.person.name} · ${me.organization.name}`}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Sessions />
        </Stack>
        <Stack gap="lg">
          <Appearance />
          {choices}
          <ChangePassword />
        </Stack>
      </SimpleGrid>
    </>
  )
}
