import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { adviseOnFeedback } from '@/api/gen/sdk.gen'
import type { CoachAdvice, FeedbackDraft, FeedbackKind, PersonRef } from '@/api/gen/types.gen'

/** What somebody who reads along is shown of feedback that is being written. */
export interface Draft {
  kind: FeedbackKind
  text: string
  receivers: PersonRef[]
}

const SETTLED_MS = 600
/** Before them there is nothing to advise on. */
const FEWEST_WORDS = 4

const isBegun = (text = '') => text.trim().split(/\s+/).length >= FEWEST_WORDS

/** Advice on a draft, a moment after one stops typing; none rather than an error. */
export function useCoachAdvice({ kind, text, receivers }: Draft): CoachAdvice | undefined {
  const language = useTranslation().i18n.language as FeedbackDraft['language']
  const draft: FeedbackDraft = { kind, language, text, receiver_ids: receivers.map(({ id }) => id) }
  // Drafts are made anew with each render: their text tells whether anything changed.
  const [settled] = useDebouncedValue(JSON.stringify(draft), SETTLED_MS)
  const { data } = useQuery({
    queryKey: ['feedback-advice', settled],
    queryFn: async ({ signal }) => {
      const body = JSON.parse(settled) as FeedbackDraft
      return (await adviseOnFeedback({ body, signal })).data
    },
    enabled: isBegun(text) && isBegun((JSON.parse(settled) as FeedbackDraft).text),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0, // what was never sent is not kept either
    retry: false,
  })
  return isBegun(text) ? data : undefined
}
