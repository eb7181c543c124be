import { Box, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import {
  BaseEdge,
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
} from '@xyflow/react'
import { createContext, memo, useContext, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrgChartNode } from '@/api/gen/types.gen'
import { Canvas } from '@/components/canvas/Canvas'
import { PersonAvatar } from '@/components/PersonAvatar'
import classes from './ChartView.module.css'
import type { Hierarchy } from './hierarchy'
import { CARD, layOut } from './layout'
import { useViewport } from './useViewport'

type PersonNode = Node<{ person: OrgChartNode; isOpen: boolean; isFocused: boolean }, 'person'>

const ToggleContext = createContext<(personId: string) => void>(() => undefined)

const PersonCard = memo(function PersonCard({ data }: NodeProps<PersonNode>) {
  const { person, isOpen, isFocused } = data
  const { t } = useTranslation()
  const toggle = useContext(ToggleContext)
  const Arrow = isOpen ? IconChevronUp : IconChevronDown
  return (
    <div className={classes.card} data-focused={isFocused || undefined}>
      <Handle id="top" isConnectable={false} type="target" position={Position.Top} />
      <Handle id="left" isConnectable={false} type="target" position={Position.Left} />
      <PersonAvatar name={person.name} size={38} />
      <Box miw={0}>
        <Text size="sm" fw={600} truncate>
          <Link
            to="/people/$personId"
            params={{ personId: person.id }}
            className="row-link nodrag nopan"
          >
            {person.name}
          </Link>
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {person.job_title ?? person.department}
        </Text>
      </Box>
      {person.direct_reports > 0 && (
        <button
          type="button"
          className={`${classes.toggle} nodrag nopan`}
          aria-expanded={isOpen}
          aria-label={t('orgChart.lineOf', { name: person.name, count: person.all_reports })}
          onClick={() => toggle(person.id)}
        >
          {person.all_reports}
          <Arrow size={13} aria-hidden />
        </button>
      )}
      <Handle isConnectable={false} type="source" position={Position.Bottom} />
    </div>
  )
})

const BEND = 26
const ASIDE = 13

/** Down from the manager, along the row, and then either onto the card or down its left side. */
function ReportingLine({ sourceX, sourceY, targetX, targetY, data }: EdgeProps) {
  const path = data?.beside
    ? `M${sourceX},${sourceY} v${BEND} H${targetX - ASIDE} V${targetY} H${targetX}`
    : `M${sourceX},${sourceY} v${BEND} H${targetX} V${targetY}`
  return <BaseEdge path={path} style={{ stroke: 'var(--mantine-color-placeholder)' }} />
}

const nodeTypes = { person: PersonCard }
/** Where lines begin and end: known beforehand, so that no card has to be drawn to be measured. */
const handles = [
  { id: 'top', type: 'target' as const, position: Position.Top, x: CARD.width / 2, y: 0 },
  { id: 'left', type: 'target' as const, position: Position.Left, x: 0, y: CARD.height / 2 },
  { type: 'source' as const, position: Position.Bottom, x: CARD.width / 2, y: CARD.height },
]
const edgeTypes = { line: ReportingLine }

interface ChartViewProps {
  hierarchy: Hierarchy
  open: ReadonlySet<string>
  onToggle: (personId: string) => void
  focus: string | undefined
}

export function ChartView({ hierarchy, open, onToggle, focus }: ChartViewProps) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const placed = useMemo(() => layOut(hierarchy, open), [hierarchy, open])
  const nodes = useMemo<PersonNode[]>(
    () =>
      placed.people.map(({ person, x, y }) => ({
        id: person.id,
        type: 'person',
        position: { x, y },
        width: CARD.width,
        height: CARD.height,
        handles,
        data: { person, isOpen: open.has(person.id), isFocused: person.id === focus },
      })),
    [placed, open, focus],
  )
  const edges = useMemo<Edge[]>(
    () =>
      placed.lines.map(({ from, to, shape }) => ({
        id: to,
        type: 'line',
        source: from,
        target: to,
        targetHandle: shape === 'beside' ? 'left' : 'top',
        data: { beside: shape === 'beside' },
      })),
    [placed],
  )
  const view = useViewport<PersonNode>({
    frame,
    placed: placed.people,
    hierarchy,
    open,
    focus,
  })
  const toggle = (personId: string) => {
    view.hold(personId)
    onToggle(personId)
  }
  return (
    <ToggleContext.Provider value={toggle}>
      <Canvas<PersonNode>
        label={t('orgChart.title')}
        frame={frame}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={view.onInit}
      />
    </ToggleContext.Provider>
  )
}
