import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { completePasswordReset } from '@/api/gen/sdk.gen'
import { FormProblem } from '@/components/FormProblem'
import { useFormSave } from '@/components/useFormSave'
import { AuthLayout } from './AuthLayout'
import { NewPasswordInputs } from './NewPasswordInputs'
import { newPasswordError, repetitionError } from './password'

function AskAgain() {
  const { t } = useTranslation()
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/forgot-password" {...props} />}>
      {t('auth.reset.again')}
    </Anchor>
  )
}

/** Behind the link of the letter. `onSet` takes the token, which is used up, out of the address. */
export function ResetPasswordPage(props: { token: string | undefined; onSet: () => void }) {
  const { token, onSet } = props
  const { t } = useTranslation()
  const [isSet, setIsSet] = useState(false)
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
    send: async ({ password }) => {
      await completePasswordReset({ body: { token: token ?? '', password } })
    },
    onSaved: () => {
      setIsSet(true)
      onSet()
    },
  })
  if (isSet) {
    return (
      <AuthLayout title={t('auth.reset.doneTitle')}>
        <Stack>
          <Alert color="teal" icon={<IconCircleCheck size={18} />} role="status">
            {t('auth.reset.done')}
          </Alert>
          <Button size="md" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
            {t('auth.signIn')}
          </Button>
        </Stack>
      </AuthLayout>
    )
  }
  if (!token) {
    return (
      <AuthLayout title={t('auth.reset.title')}>
        <Stack>
          <Alert color="amber" icon={<IconAlertTriangle size={18} />}>
            {t('auth.reset.missing')}
          </Alert>
          <AskAgain />
        </Stack>
      </AuthLayout>
    )
  }
  return (
    <AuthLayout title={t('auth.reset.title')}>
      <form onSubmit={save.submit} noValidate>
        <Stack>
          <Text c="dimmed">{t('auth.reset.text')}</Text>
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          <NewPasswordInputs form={form} />
          <Button type="submit" size="md" loading={save.isSaving}>
            {t('auth.reset.set')}
          </Button>
          {save.problem && <AskAgain />}
        </Stack>
      </form>
    </AuthLayout>
  )
}
