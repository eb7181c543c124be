import { Alert, Button, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { acceptInvitation } from '@/api/gen/sdk.gen'
import { keepSession } from '@/api/session'
import { FormProblem } from '@/components/FormProblem'
import { useFormSave } from '@/components/useFormSave'
import { AuthLayout } from './AuthLayout'
import { NewPasswordInputs } from './NewPasswordInputs'
import { newPasswordError, repetitionError } from './password'

export function AcceptInvitationPage(props: { token: string | undefined; onSignedIn: () => void }) {
  const { token, onSignedIn } = props
  const { t } = useTranslation()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '', again: '' },
    validate: {
      password: (value) => newPasswordError(t, value),
      again: (value, values) => repetitionError(t, value, values.password),
    },
  })
  const save = useFormSave({
    form,
    send: async ({ password }) =>
      (await acceptInvitation({ body: { token: token ?? '', password } })).data,
    onSaved: (signedIn) => {
      keepSession(signedIn)
      onSignedIn()
    },
  })
  if (!token) {
    return (
      <AuthLayout title={t('auth.invitation.title')}>
        <Alert color="amber" icon={<IconAlertTriangle size={18} />}>
          {t('auth.invitation.missing')}
        </Alert>
      </AuthLayout>
    )
  }
  return (
    <AuthLayout title={t('auth.invitation.title')}>
      <form onSubmit={save.submit} noValidate>
        <Stack>
          <Text c="dimmed">{t('auth.invitation.text')}</Text>
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          <NewPasswordInputs form={form} />
          <Button type="submit" size="md" loading={save.isSaving}>
            {t('auth.invitation.accept')}
          </Button>
        </Stack>
      </form>
    </AuthLayout>
  )
}
