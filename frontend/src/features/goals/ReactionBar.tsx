import {
  IconConfetti,
  IconEye,
  IconHeart,
  IconHeartHandshake,
  IconThumbUp,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ReactionKind } from '@/api/gen/types.gen'
import { ReactionBar as AnyReactionBar, type ReactionBarProps } from '@/components/ReactionBar'

const LINE = { size: 16, stroke: 1.8, 'aria-hidden': true } as const

const MARKS: Record<ReactionKind, ReactNode> = {
  thumbs_up: <IconThumbUp {...LINE} />,
  celebrate: <IconConfetti {...LINE} />,
  heart: <IconHeart {...LINE} />,
  eyes: <IconEye {...LINE} />,
  thanks: <IconHeartHandshake {...LINE} />,
}

/** The ways to nod to what happens with a goal. */
export function ReactionBar(props: Omit<ReactionBarProps<ReactionKind>, 'marks'>) {
  return <AnyReactionBar marks={MARKS} {...props} />
}
