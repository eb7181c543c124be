import '@xyflow/react/dist/style.css'
import { Box, Card, Text, useComputedColorScheme } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import {
  Background,
  BaseEdge,
  Controls,
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react'
import { createContext, memo, useContext, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrgChartNode } from '@/api/gen/types.gen'
import { PersonAvatar } from '@/components/PersonAvatar'
import classes from './ChartView.module.css'
import type { Hierarchy } from './hierarchy'
import { CARD, layOut, type PlacedPerson } from './layout'

type PersonNode = Node<{ person: OrgChartNode; isOpen: boolean; isFocused: boolean }, 'person'>

const ToggleContext = createContext<(personId: string) => void>(() => undefined)

const PersonCard = memo(function PersonCard({ data }: NodeProps<PersonNode>) {
  const { person, isOpen, isFocused } = data
  const { t } = useTranslation()
  const toggle = useContext(ToggleContext)
  const Arrow = isOpen ? IconChevronUp : IconChevronDown
  return (
    <div className={classes.card} data-focused={isFocused || undefined}>
      <Handle
        id="top"
        isConnectable={false}
        type="target"
        position={Position.Top}
        className={classes.handle}
      />
      <Handle
        id="left"
        isConnectable={false}
        type="target"
        position={Position.Left}
        className={classes.handle}
      />
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
      <Handle
        isConnectable={false}
        type="source"
        position={Position.Bottom}
        className={classes.handle}
      />
    </div>
  )
})

const BEND = 26
/** Room above the topmost card. */
const TOP = 40
const ASIDE = 13

/** Down from the manager, along the row, and then either onto the card or down its left side. */
function ReportingLine({ sourceX, sourceY, targetX, targetY, data }: EdgeProps) {
  const path = data?.beside
    ? `M${sourceX},${sourceY} v${BEND} H${targetX - ASIDE} V${targetY} H${targetX}`
    : `M${sourceX},${sourceY} v${BEND} H${targetX} V${targetY}`
  return <BaseEdge path={path} style={{ stroke: 'var(--mantine-color-placeholder)' }} />
}

const nodeTypes = { person: PersonCard }
const edgeTypes = { line: ReportingLine }

interface ChartViewProps {
  hierarchy: Hierarchy
  open: ReadonlySet<string>
  onToggle: (personId: string) => void
  focus: string | undefined
}

export function ChartView({ hierarchy, open, onToggle, focus }: ChartViewProps) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  const flow = useRef<ReactFlowInstance<PersonNode> | null>(null)
  const placed = useMemo(() => layOut(hierarchy, open), [hierarchy, open])
  const nodes = useMemo<PersonNode[]>(
    () =>
      placed.people.map(({ person, x, y }) => ({
        id: person.id,
        type: 'person',
        position: { x, y },
        width: CARD.width,
        height: CARD.height,
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
  const spotOf = (personId: string | undefined) =>
    placed.people.find(({ person }) => person.id === personId)
  const center = (instance: ReactFlowInstance<PersonNode>) => {
    const spot = spotOf(focus)
    if (spot) {
      instance.setCenter(spot.x + CARD.width / 2, spot.y + CARD.height / 2 + 60, { zoom: 0.95 })
    }
  }
  const start = async (instance: ReactFlowInstance<PersonNode>) => {
    flow.current = instance
    if (focus) return center(instance)
    await instance.fitView({ padding: 0.05, minZoom: 0.5, maxZoom: 1 })
    instance.setViewport({ ...instance.getViewport(), y: TOP })
  }
  // A line that opens comes into view; where one closes, its manager stays under the pointer.
  const held = useRef<PlacedPerson | undefined>(undefined)
  const toggle = (personId: string) => {
    held.current = spotOf(personId)
    onToggle(personId)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when people were placed anew
  useLayoutEffect(() => {
    const before = held.current
    const after = spotOf(before?.person.id)
    held.current = undefined
    const instance = flow.current
    if (!instance || !before || !after) return
    const { x, y, zoom } = instance.getViewport()
    if (open.has(after.person.id)) {
      const line = [after.person, ...(hierarchy.reportsOf.get(after.person.id) ?? [])]
      const frame = requestAnimationFrame(() =>
        instance.fitView({
          nodes: line,
          padding: 0.06,
          minZoom: 0.4,
          maxZoom: zoom,
          duration: 250,
        }),
      )
      return () => cancelAnimationFrame(frame)
    }
    instance.setViewport({
      x: x + (before.x - after.x) * zoom,
      y: y + (before.y - after.y) * zoom,
      zoom,
    })
  }, [placed])
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when the focus does, not when a line opens
  useEffect(() => {
    if (flow.current) center(flow.current)
  }, [focus])
  return (
    <Card className={classes.frame}>
      <ToggleContext.Provider value={toggle}>
        <ReactFlow<PersonNode>
          aria-label={t('orgChart.title')}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onInit={start}
          colorMode={scheme}
          minZoom={0.1}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          onlyRenderVisibleElements
          ariaLabelConfig={{
            'controls.ariaLabel': t('orgChart.controls'),
            'controls.zoomIn.ariaLabel': t('orgChart.zoomIn'),
            'controls.zoomOut.ariaLabel': t('orgChart.zoomOut'),
            'controls.fitView.ariaLabel': t('orgChart.fit'),
          }}
        >
          <Background gap={24} />
          <Controls showInteractive={false} />
        </ReactFlow>
      </ToggleContext.Provider>
    </Card>
  )
}
