import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { reactToFeedback, takeBackFeedbackReaction } from '@/api/gen/sdk.gen'
import type { Feedback, FeedbackReactionKind } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ReactionBar } from '@/components/ReactionBar'
import { reacted } from '@/components/reactions'
import classes from './Feedback.module.css'
import { changeShown } from './queries'

const EMOJI: Record<FeedbackReactionKind, string> = {
  applause: '👏',
  heart: '❤️',
  rocket: '🚀',
  celebrate: '🎉',
  idea: '💡',
}
const KINDS = Object.keys(EMOJI) as FeedbackReactionKind[]
const MARKS = Object.fromEntries(
  KINDS.map((kind) => [
    kind,
    <span key={kind} className={classes.emoji} aria-hidden>
      {EMOJI[kind]}
    </span>,
  ]),
) as Record<FeedbackReactionKind, ReactNode>

/** A nod to feedback, or taking it back. */
export function Reactions({ feedback }: { feedback: Feedback }) {
  const queryClient = useQueryClient()
  return (
    <ReactionBar
      marks={MARKS}
      reactions={feedback.reactions}
      disabled={!may(feedback, 'react')}
      onReact={async (kind, wanted) => {
        const change = wanted ? reactToFeedback : takeBackFeedbackReaction
        await change({ path: { feedback_id: feedback.id, kind } })
        await changeShown(queryClient, feedback.id, (shown) => ({
          ...shown,
          reactions: reacted(KINDS, shown.reactions, { kind, wanted }),
        }))
      }}
    />
  )
}
