import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import {
  acknowledgeFeedback,
  agreeToFeedbackVisibility,
  declineFeedbackVisibility,
  dismissFeedbackReports,
  hideFeedback,
  restoreFeedback,
  thankForFeedback,
  withdrawFeedback,
} from '@/api/gen/sdk.gen'
import type { Feedback } from '@/api/gen/types.gen'
import { toastDone } from '@/components/toasts'
import { useRefreshFeedback } from './queries'
import type { FeedbackDrawer } from './search'

export type FeedbackAct =
  | 'thank'
  | 'acknowledge'
  | 'agree'
  | 'decline'
  | 'hide'
  | 'restore'
  | 'dismiss'
  | 'withdraw'

/** What is done with feedback at once; what takes a few words opens over its own page. */
export function useFeedbackActs(feedback: Feedback) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refresh = useRefreshFeedback()
  const path = { feedback_id: feedback.id }
  const asShown = { path, headers: ifMatch(tagOf(feedback)) }
  const acts: Record<FeedbackAct, () => Promise<unknown>> = {
    thank: () => thankForFeedback({ path }),
    acknowledge: () => acknowledgeFeedback({ path }),
    agree: () => agreeToFeedbackVisibility(asShown),
    decline: () => declineFeedbackVisibility(asShown),
    hide: () => hideFeedback({ path }),
    restore: () => restoreFeedback({ path }),
    dismiss: () => dismissFeedbackReports({ path }),
    withdraw: () => withdrawFeedback(asShown),
  }
  const act = useMutation({
    mutationFn: (name: FeedbackAct) => acts[name](),
    onSuccess: async (_, name) => {
      toastDone(t(`feedback.done.${name}`))
      // There is nothing to read again of what is gone.
      if (name === 'withdraw') await navigate({ to: '/feedback', search: { tab: 'given' } })
    },
    onSettled: refresh,
  })
  return {
    perform: (name: FeedbackAct) => act.mutate(name),
    pending: act.isPending ? act.variables : null,
    open: (drawer: FeedbackDrawer) =>
      navigate({
        to: '/feedback/$feedbackId',
        params: { feedbackId: feedback.id },
        search: { open: drawer },
      }),
  }
}
