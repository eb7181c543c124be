import type { TFunction } from 'i18next'

const SHORTEST_PASSWORD = 10

/** What the page can tell at once; how guessable a password is, the API judges. */
export function newPasswordError(t: TFunction<'app'>, password: string): string | null {
  const isShort = [...password].length < SHORTEST_PASSWORD
  return isShort ? t('auth.passwordShort', { count: SHORTEST_PASSWORD }) : null
}

export function repetitionError(t: TFunction<'app'>, again: string, password: string) {
  return again === password ? null : t('auth.passwordsDiffer')
}

export function emailError(t: TFunction<'app'>, email: string): string | null {
  return /^\S+@\S+$/.test(email.trim()) ? null : t('auth.emailMissing')
}
