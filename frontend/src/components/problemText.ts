import i18next, { type i18n as I18n } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '@/api/problem'
import type en from '@/i18n/locales/en.json'

type KnownCode = keyof (typeof en)['problem']

/** A problem in the reader's language where its code is known, in the API's words otherwise. */
export function problemText(problem: ApiError, i18n: I18n = i18next): string {
  const key = `problem.${problem.code}`
  if (i18n.exists(key)) return i18n.t(`problem.${problem.code as KnownCode}`)
  if (problem.status >= 500) return i18n.t('problem.server')
  return problem.detail ?? problem.title
}

/** The same for components, which follow the language as it changes. */
export function useProblemText(): (problem: ApiError) => string {
  const { i18n } = useTranslation()
  return useCallback((problem) => problemText(problem, i18n), [i18n])
}
