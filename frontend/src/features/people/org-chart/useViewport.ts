import type { Node, ReactFlowInstance } from '@xyflow/react'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Hierarchy } from './hierarchy'
import { CARD, type PlacedPerson } from './layout'

const MARGIN = 40
const READABLE = 0.5
const FOCUS = 0.95
const MOVE_MS = 250

interface Shown {
  frame: RefObject<HTMLDivElement | null>
  placed: PlacedPerson[]
  hierarchy: Hierarchy
  open: ReadonlySet<string>
  focus: string | undefined
}

/** Where the chart is looked at: at first the top of it, then what was asked for or opened. */
export function useViewport<PersonNode extends Node>(shown: Shown) {
  const { frame, placed, hierarchy, open, focus } = shown
  const flow = useRef<ReactFlowInstance<PersonNode> | null>(null)
  const held = useRef<PlacedPerson | undefined>(undefined)
  const spotOf = (personId: string | undefined) =>
    placed.find(({ person }) => person.id === personId)

  /** All of it where that stays readable, or else the largest line. */
  const overview = (instance: ReactFlowInstance<PersonNode>) => {
    const width = frame.current?.clientWidth ?? 0
    const left = Math.min(...placed.map(({ x }) => x))
    const right = Math.max(...placed.map(({ x }) => x)) + CARD.width
    const zoom = Math.min(1, (width - 2 * MARGIN) / (right - left))
    const middle =
      zoom >= READABLE || !placed[0] ? (left + right) / 2 : placed[0].x + CARD.width / 2
    const shownZoom = Math.max(READABLE, zoom)
    instance.setViewport({ x: width / 2 - middle * shownZoom, y: MARGIN, zoom: shownZoom })
  }

  const look = (instance: ReactFlowInstance<PersonNode>) => {
    const spot = spotOf(focus)
    if (!spot) return overview(instance)
    instance.setCenter(spot.x + CARD.width / 2, spot.y + CARD.height, { zoom: FOCUS })
  }

  /** A line that opens comes into view; where one closes, its manager stays under the pointer. */
  const follow = (
    instance: ReactFlowInstance<PersonNode>,
    before: PlacedPerson,
    after: PlacedPerson,
  ) => {
    const { x, y, zoom } = instance.getViewport()
    if (!open.has(after.person.id)) {
      const dx = (before.x - after.x) * zoom
      const dy = (before.y - after.y) * zoom
      instance.setViewport({ x: x + dx, y: y + dy, zoom })
      return
    }
    const line = [after.person, ...(hierarchy.reportsOf.get(after.person.id) ?? [])]
    requestAnimationFrame(() =>
      instance.fitView({
        nodes: line,
        padding: 0.06,
        minZoom: 0.4,
        maxZoom: zoom,
        duration: MOVE_MS,
      }),
    )
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when people are placed anew
  useLayoutEffect(() => {
    const before = held.current
    const after = spotOf(before?.person.id)
    held.current = undefined
    if (!flow.current) return
    if (before && after) follow(flow.current, before, after)
    else look(flow.current)
  }, [placed, focus])

  return {
    onInit: (instance: ReactFlowInstance<PersonNode>) => {
      flow.current = instance
      look(instance)
    },
    /** Remembers where somebody stands before their line opens or closes. */
    hold: (personId: string) => {
      held.current = spotOf(personId)
    },
  }
}
