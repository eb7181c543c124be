import type { Feedback } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { AudienceDrawer } from './AudienceDrawer'
import { GoalOfFeedbackDrawer } from './GoalOfFeedbackDrawer'
import { EditFeedbackDrawer } from './give/EditFeedbackDrawer'
import { ReportDrawer } from './moderation/ReportDrawer'
import type { FeedbackDrawer } from './search'

const ACT: Record<FeedbackDrawer, string> = {
  edit: 'edit',
  visibility: 'change_visibility',
  goal: 'make_a_goal',
  report: 'report',
}

interface FeedbackDrawersProps {
  feedback: Feedback
  opened: FeedbackDrawer
  onClosed: () => void
}

/** What may be opened over a piece of feedback, as the API says. */
export function FeedbackDrawers({ feedback, opened, onClosed }: FeedbackDrawersProps) {
  if (!may(feedback, ACT[opened])) return null
  switch (opened) {
    case 'edit':
      return <EditFeedbackDrawer feedback={feedback} onClosed={onClosed} />
    case 'visibility':
      return <AudienceDrawer feedback={feedback} onClosed={onClosed} />
    case 'goal':
      return <GoalOfFeedbackDrawer feedback={feedback} onClosed={onClosed} />
    case 'report':
      return <ReportDrawer feedbackId={feedback.id} onClosed={onClosed} />
  }
}
