import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconMailCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { requestPasswordReset } from '@/api/gen/sdk.gen'
import { FormProblem } from '@/components/FormProblem'
import { useFormSave } from '@/components/useFormSave'
import { AuthLayout } from './AuthLayout'
import { emailError } from './password'

/** Says the same whoever asks: who signs in here is nobody else's business. */
export function ForgotPasswordPage() {
  const { t } = useTranslation()
  const [sentTo, setSentTo] = useState<string>()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: (value) => emailError(t, value) },
  })
  const save = useFormSave({
    form,
    send: async ({ email }) => {
      await requestPasswordReset({ body: { email: email.trim() } })
      return email.trim()
    },
    onSaved: setSentTo,
  })
  return (
    <AuthLayout title={t('auth.forgot.title')}>
      <Stack>
        {sentTo ? (
          <Alert
            color="teal"
            icon={<IconMailCheck size={18} />}
            title={t('auth.forgot.sentTitle')}
            role="status"
          >
            {t('auth.forgot.sent', { email: sentTo })}
          </Alert>
        ) : (
          <form onSubmit={save.submit} noValidate>
            <Stack>
              <Text c="dimmed">{t('auth.forgot.text')}</Text>
              {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
              <TextInput
                label={t('auth.email')}
                type="email"
                autoComplete="username"
                autoFocus
                size="md"
                key={form.key('email')}
                {...form.getInputProps('email')}
              />
              <Button type="submit" size="md" loading={save.isSaving}>
                {t('auth.forgot.send')}
              </Button>
            </Stack>
          </form>
        )}
        <Anchor size="sm" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          {t('auth.forgot.back')}
        </Anchor>
      </Stack>
    </AuthLayout>
  )
}
