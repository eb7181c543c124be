import {
  type Icon,
  IconConfetti,
  IconEye,
  IconHeart,
  IconHeartHandshake,
  IconThumbUp,
} from '@tabler/icons-react'
import type { Reaction, ReactionKind } from '@/api/gen/types.gen'

export const REACTIONS: Record<ReactionKind, Icon> = {
  thumbs_up: IconThumbUp,
  celebrate: IconConfetti,
  heart: IconHeart,
  eyes: IconEye,
  thanks: IconHeartHandshake,
}

export const REACTION_KINDS = Object.keys(REACTIONS) as ReactionKind[]

/** As it will be once the API has heard of it; always in the order of the kinds. */
export function toggled(reactions: Reaction[], kind: ReactionKind): Reaction[] {
  return REACTION_KINDS.flatMap((each) => {
    const found = reactions.find((reaction) => reaction.kind === each)
    if (each !== kind) return found ? [found] : []
    if (!found) return [{ kind, count: 1, is_mine: true }]
    const count = found.count + (found.is_mine ? -1 : 1)
    return count > 0 ? [{ kind, count, is_mine: !found.is_mine }] : []
  })
}

export function inOrder(reactions: Reaction[]): Reaction[] {
  return reactions.toSorted(
    (a, b) => REACTION_KINDS.indexOf(a.kind) - REACTION_KINDS.indexOf(b.kind),
  )
}
