import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '@/api/problem'
import type en from '@/i18n/locales/en.json'

type KnownCode = keyof (typeof en)['problem']

/** A problem in the reader's language where its code is known, in the API's words otherwise. */
export function useProblemText(): (problem: ApiError) => string {
  const { t, i18n } = useTranslation()
  return useCallback(
    (problem) => {
      const key = `problem.${problem.code}`
      if (i18n.exists(key)) return t(`problem.${problem.code as KnownCode}`)
      if (problem.status >= 500) return t('problem.server')
      return problem.detail ?? problem.title
    },
    [t, i18n],
  )
}
