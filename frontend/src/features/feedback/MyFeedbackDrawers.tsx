import { GiveDrawer } from './give/GiveDrawer'
import { AnswerDrawer } from './requests/AnswerDrawer'
import { DeclineDrawer } from './requests/DeclineDrawer'
import { RequestDrawer } from './requests/RequestDrawer'
import type { FeedbackSearch } from './search'

interface MyFeedbackDrawersProps {
  search: FeedbackSearch
  onClosed: () => void
}

/** What is open over one's own feedback. */
export function MyFeedbackDrawers({ search, onClosed }: MyFeedbackDrawersProps) {
  const { give, to, ask, answer, decline } = search
  return (
    <>
      {give && <GiveDrawer kind={give} to={to} onClosed={onClosed} />}
      {ask && <RequestDrawer of={to} onClosed={onClosed} />}
      {answer && <AnswerDrawer requestId={answer} onClosed={onClosed} />}
      {decline && <DeclineDrawer requestId={decline} onClosed={onClosed} />}
    </>
  )
}
