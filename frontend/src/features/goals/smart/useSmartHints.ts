import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { suggestSmartHints } from '@/api/gen/sdk.gen'
import type { GoalDraft } from '@/api/gen/types.gen'

const SETTLED_MS = 600

/** Advice comes in the language in which the page is read. */
export function useDraftLanguage(): GoalDraft['language'] {
  return useTranslation().i18n.language as GoalDraft['language']
}

/** Advice on what is being written, a moment after one stops typing; none rather than an error. */
export function useSmartHints(draft: GoalDraft) {
  // Drafts are made anew with each render: their text tells whether anything changed.
  const [settled] = useDebouncedValue(JSON.stringify(draft), SETTLED_MS)
  const isBegun = draft.title?.trim() !== ''
  const { data } = useQuery({
    queryKey: ['smart-hints', settled],
    queryFn: async ({ signal }) => {
      const body = JSON.parse(settled) as GoalDraft
      return (await suggestSmartHints({ body, signal })).data
    },
    enabled: isBegun && (JSON.parse(settled) as GoalDraft).title?.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return isBegun ? data : undefined
}
