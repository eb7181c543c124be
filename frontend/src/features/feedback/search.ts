import { flagParam, oneOf, type RawSearch, textParam } from '@/lib/search'

const WALLS = ['reported', 'hidden'] as const

/** What the address of the wall says. */
export interface PraiseSearch {
  value?: string
  /** Who was praised. */
  person?: string
  /** What moderators look at beside the wall. */
  show?: (typeof WALLS)[number]
  /** The drawer to praise somebody is open. */
  give?: true
}

export function readPraiseSearch(raw: RawSearch): PraiseSearch {
  return {
    value: textParam(raw, 'value'),
    person: textParam(raw, 'person'),
    show: oneOf(raw, 'show', WALLS),
    give: flagParam(raw, 'give'),
  }
}

export const TABS = ['received', 'given', 'reports', 'requests'] as const
export type FeedbackTab = (typeof TABS)[number]
const KINDS = ['praise', 'advice'] as const

/** What the address of one's own feedback says. */
export interface FeedbackSearch {
  tab?: FeedbackTab
  give?: (typeof KINDS)[number]
  /** Whom it is for. */
  to?: string
  /** The drawer to ask for feedback is open. */
  ask?: true
  /** The request that is answered. */
  answer?: string
  /** The request that is declined. */
  decline?: string
}

export function readFeedbackSearch(raw: RawSearch): FeedbackSearch {
  return {
    tab: oneOf(raw, 'tab', TABS),
    give: oneOf(raw, 'give', KINDS),
    to: textParam(raw, 'to'),
    ask: flagParam(raw, 'ask'),
    answer: textParam(raw, 'answer'),
    decline: textParam(raw, 'decline'),
  }
}

const DRAWERS = ['edit', 'visibility', 'goal', 'report'] as const
/** What may be opened over a piece of feedback. */
export type FeedbackDrawer = (typeof DRAWERS)[number]

export interface OneFeedbackSearch {
  open?: FeedbackDrawer
}

export function readOneFeedbackSearch(raw: RawSearch): OneFeedbackSearch {
  return { open: oneOf(raw, 'open', DRAWERS) }
}
