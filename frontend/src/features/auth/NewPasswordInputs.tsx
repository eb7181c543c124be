import { PasswordInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'

/** A password that somebody chooses, twice. */
export function NewPasswordInputs(props: {
  form: UseFormReturnType<{ password: string; again: string }>
}) {
  const { form } = props
  const { t } = useTranslation()
  return (
    <>
      <PasswordInput
        label={t('auth.newPassword')}
        description={t('auth.passwordHint')}
        autoComplete="new-password"
        autoFocus
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      <PasswordInput
        label={t('auth.passwordAgain')}
        autoComplete="new-password"
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
        key={form.key('again')}
        {...form.getInputProps('again')}
      />
    </>
  )
}
