import { addCheckInReaction, removeCheckInReaction } from '@/api/gen/sdk.gen'
import type { GoalCheckIn } from '@/api/gen/types.gen'
import { useRefreshGoals } from './queries'
import { ReactionBar } from './ReactionBar'

/** A nod to a check-in. */
export function Cheers({ entry }: { entry: GoalCheckIn }) {
  const refresh = useRefreshGoals()
  return (
    <ReactionBar
      reactions={entry.reactions}
      onReact={async (kind, wanted) => {
        const change = wanted ? addCheckInReaction : removeCheckInReaction
        await change({ path: { check_in_id: entry.id, kind } })
        await refresh()
      }}
    />
  )
}
