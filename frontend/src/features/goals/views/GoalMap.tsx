import { Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import {
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  type ReactFlowInstance,
} from '@xyflow/react'
import { createContext, memo, useContext, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalNode } from '@/api/gen/types.gen'
import { Canvas } from '@/components/canvas/Canvas'
import { GoalProgress } from '@/components/GoalProgress'
import { PersonAvatar } from '@/components/PersonAvatar'
import { useFormat } from '@/i18n/format'
import type { Branch } from '../tree'
import type { TreeState } from '../treeState'
import classes from './GoalMap.module.css'
import { CARD, layOut, type PlacedGoal } from './mapLayout'

type GoalCard = Node<{ placed: PlacedGoal; isOpen: boolean; isFaded: boolean }, 'goal'>

const ToggleContext = createContext<(goal: GoalNode) => void>(() => undefined)

const Card = memo(function Card({ data }: NodeProps<GoalCard>) {
  const { placed, isOpen, isFaded } = data
  const { goal, below } = placed
  const { t } = useTranslation()
  const format = useFormat()
  const toggle = useContext(ToggleContext)
  const Arrow = isOpen ? IconChevronLeft : IconChevronRight
  return (
    <div className={classes.card} data-faded={isFaded || undefined}>
      <Handle isConnectable={false} type="target" position={Position.Left} />
      <Text size="sm" fw={580} lh={1.3} lineClamp={2}>
        <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link nodrag nopan">
          {goal.title}
        </Link>
      </Text>
      <div className={classes.foot}>
        <PersonAvatar name={goal.owner.name} size={18} />
        <div className={classes.bar}>
          <GoalProgress goal={goal} />
        </div>
        <Text size="xs" fw={640} className="tabular">
          {goal.progress === null ? '–' : format.percent(goal.progress)}
        </Text>
      </div>
      {below > 0 && (
        <button
          type="button"
          className={`${classes.toggle} nodrag nopan`}
          aria-expanded={isOpen}
          aria-label={t('goals.below', { title: goal.title, count: below })}
          onClick={() => toggle(goal)}
        >
          {below}
          <Arrow size={13} aria-hidden />
        </button>
      )}
      <Handle isConnectable={false} type="source" position={Position.Right} />
    </div>
  )
})

const nodeTypes = { goal: Card }
/** Where lines begin and end: known beforehand, so that no card has to be drawn to be measured. */
const handles = [
  { type: 'target' as const, position: Position.Left, x: 0, y: CARD.height / 2 },
  { type: 'source' as const, position: Position.Right, x: CARD.width, y: CARD.height / 2 },
]
const edgeStyle = { stroke: 'var(--mantine-color-placeholder)' }
const MARGIN = 32
const READABLE = 0.6

/** All of it where that stays readable, or else the beginning. */
function overview(instance: ReactFlowInstance<GoalCard>, goals: PlacedGoal[], frame: Element) {
  const [top, right, bottom] = [
    Math.min(...goals.map(({ y }) => y)),
    Math.max(...goals.map(({ x }) => x)) + CARD.width,
    Math.max(...goals.map(({ y }) => y)) + CARD.height,
  ]
  const fitting = Math.min(
    1,
    (frame.clientWidth - 2 * MARGIN) / right,
    (frame.clientHeight - 2 * MARGIN) / (bottom - top),
  )
  const zoom = Math.max(READABLE, fitting)
  instance.setViewport({ x: MARGIN, y: MARGIN - top * zoom, zoom })
}

/** Goals from left to right: who serves whom, as a drawing. */
export function GoalMap({ forest, state }: { forest: Branch[]; state: TreeState }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const flow = useRef<ReactFlowInstance<GoalCard> | null>(null)
  const held = useRef<PlacedGoal | undefined>(undefined)
  const { isOpen, isWanted } = state
  const placed = useMemo(() => layOut(forest, isOpen), [forest, isOpen])
  const nodes = useMemo<GoalCard[]>(
    () =>
      placed.goals.map((one) => ({
        id: one.goal.id,
        type: 'goal',
        position: { x: one.x, y: one.y },
        width: CARD.width,
        height: CARD.height,
        handles,
        data: { placed: one, isOpen: isOpen(one.goal), isFaded: !isWanted(one.goal) },
      })),
    [placed, isOpen, isWanted],
  )
  const edges = useMemo<Edge[]>(
    () =>
      placed.lines.map(({ from, to }) => ({ id: to, source: from, target: to, style: edgeStyle })),
    [placed],
  )
  // Whatever was opened or closed stays under the pointer while the rest makes room.
  useLayoutEffect(() => {
    const before = held.current
    held.current = undefined
    const after = placed.goals.find(({ goal }) => goal.id === before?.goal.id)
    if (!flow.current || !before || !after) return
    const { x, y, zoom } = flow.current.getViewport()
    flow.current.setViewport({ x, y: y + (before.y - after.y) * zoom, zoom })
  }, [placed])
  const toggle = (goal: GoalNode) => {
    held.current = placed.goals.find((one) => one.goal.id === goal.id)
    state.toggle(goal)
  }
  return (
    <ToggleContext.Provider value={toggle}>
      <Canvas<GoalCard>
        label={t('goals.title')}
        frame={frame}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        // Further away nobody reads a card, and thousands would be drawn at once.
        minZoom={0.25}
        onInit={(instance) => {
          flow.current = instance
          if (frame.current) overview(instance, placed.goals, frame.current)
        }}
      />
    </ToggleContext.Provider>
  )
}
