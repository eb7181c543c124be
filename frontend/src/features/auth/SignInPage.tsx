import { Alert, Anchor, Button, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createSession } from '@/api/gen/sdk.gen'
import { ApiError, type OrganizationChoice } from '@/api/problem'
import { keepSession } from '@/api/session'
import { useProblemText } from '@/components/problemText'
import { AuthLayout } from './AuthLayout'
import { emailError } from './password'

interface SignInValues {
  email: string
  password: string
  organization: string
}

export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [choice, setChoice] = useState<OrganizationChoice[]>([])
  const form = useForm<SignInValues>({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', organization: '' },
    validate: {
      email: (value) => emailError(t, value),
      password: (value) => (value ? null : t('auth.passwordMissing')),
      organization: (value) => (choice.length > 0 && !value ? t('auth.chooseOne') : null),
    },
  })
  const signIn = useMutation({
    mutationFn: async ({ email, password, organization }: SignInValues) => {
      const body = { email: email.trim(), password, organization: organization || undefined }
      return (await createSession({ body })).data
    },
    meta: { handled: true },
    onSuccess: (signedIn) => {
      keepSession(signedIn)
      onSignedIn()
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'organization_choice') {
        setChoice(error.organizations)
      }
    },
  })
  const problem = signIn.error?.code === 'organization_choice' ? null : signIn.error
  const wait = problem?.retryAfter ? Math.ceil(problem.retryAfter / 60) : null
  return (
    <AuthLayout title={t('auth.signIn')}>
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack>
          {problem && (
            <Alert color="coral" icon={<IconAlertTriangle size={18} />} role="alert">
              {problemText(problem)}
              {wait && ` ${t('auth.tryAgainIn', { count: wait })}`}
            </Alert>
          )}
          <TextInput
            label={t('auth.email')}
            type="email"
            autoComplete="username"
            autoFocus
            size="md"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('auth.password')}
            autoComplete="current-password"
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          {choice.length > 0 && (
            <Radio.Group
              label={t('auth.organization')}
              description={t('auth.organizationHint')}
              key={form.key('organization')}
              {...form.getInputProps('organization')}
            >
              <Stack gap="xs" mt="xs">
                {choice.map(({ name, slug }) => (
                  <Radio.Card key={slug} value={slug} p="sm" radius="md">
                    <Text size="sm" fw={550}>
                      {name}
                    </Text>
                  </Radio.Card>
                ))}
              </Stack>
            </Radio.Group>
          )}
          <Button type="submit" size="md" loading={signIn.isPending} mt="xs">
            {choice.length > 0 ? t('common.continue') : t('auth.signIn')}
          </Button>
          <Anchor size="sm" renderRoot={(props) => <Link to="/forgot-password" {...props} />}>
            {t('auth.forgot.link')}
          </Anchor>
          <Text size="sm" c="dimmed">
            {t('auth.noAccess')}
          </Text>
        </Stack>
      </form>
    </AuthLayout>
  )
}
