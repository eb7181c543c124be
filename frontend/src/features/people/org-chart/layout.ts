import { hierarchy, tree } from 'd3-hierarchy'
import type { OrgChartNode } from '@/api/gen/types.gen'
import type { Hierarchy } from './hierarchy'

export const CARD = { width: 224, height: 66 }
const GAP = 22
const LEVEL = 128
const STACK_GAP = 12
/** Room for the line that runs down beside a stack. */
const TRUNK = 26

export interface PlacedPerson {
  person: OrgChartNode
  x: number
  y: number
}

interface Line {
  from: string
  to: string
  /** Beside a stack the line comes from the left, elsewhere from above. */
  shape: 'above' | 'beside'
}

interface Spot {
  /** None for the invisible root above the roots. */
  person: OrgChartNode | null
  /** People without reports, piled up below their manager instead of side by side. */
  stack: OrgChartNode[]
  width: number
  children: Spot[]
}

function columnsOf(count: number): number {
  return count <= 7 ? 1 : count <= 20 ? 2 : 3
}

/**
 * A stack, and below it one empty spot for each further level that it reaches into: without those,
 * the lines of its neighbours would be laid across it.
 */
function stackSpot(stack: OrgChartNode[]): Spot {
  const columns = columnsOf(stack.length)
  const width = columns * (CARD.width + TRUNK)
  const height = Math.ceil(stack.length / columns) * (CARD.height + STACK_GAP)
  let below: Spot[] = []
  for (let level = Math.ceil(height / LEVEL); level > 1; level--) {
    below = [{ person: null, stack: [], width, children: below }]
  }
  return { person: null, stack, width, children: below }
}

function spotOf(person: OrgChartNode, whole: Hierarchy, open: ReadonlySet<string>): Spot {
  const reports = open.has(person.id) ? (whole.reportsOf.get(person.id) ?? []) : []
  const managers = reports.filter(({ id }) => whole.reportsOf.has(id))
  const stack = reports.filter(({ id }) => !whole.reportsOf.has(id))
  const children = managers.map((report) => spotOf(report, whole, open))
  if (stack.length > 0) children.push(stackSpot(stack))
  return { person, stack: [], width: CARD.width, children }
}

/**
 * Places everybody who is visible. A line of three hundred side by side would be as wide as a
 * street, so people without reports are stacked below their manager in up to three columns.
 */
export function layOut(whole: Hierarchy, open: ReadonlySet<string>) {
  const people: PlacedPerson[] = []
  const lines: Line[] = []
  const top: Spot = {
    person: null,
    stack: [],
    width: 0,
    children: whole.roots.map((root) => spotOf(root, whole, open)),
  }
  const place = tree<Spot>()
    .nodeSize([1, LEVEL])
    .separation((a, b) => (a.data.width + b.data.width) / 2 + GAP)
  for (const node of place(hierarchy(top)).descendants()) {
    const { person, stack } = node.data
    const manager = node.parent?.data.person
    const y = node.y - LEVEL
    if (person) {
      people.push({ person, x: node.x - CARD.width / 2, y })
      if (manager) lines.push({ from: manager.id, to: person.id, shape: 'above' })
    }
    const columns = columnsOf(stack.length)
    for (const [index, member] of stack.entries()) {
      const column = index % columns
      const row = Math.floor(index / columns)
      people.push({
        person: member,
        x: node.x - node.data.width / 2 + TRUNK + column * (CARD.width + TRUNK),
        y: y + row * (CARD.height + STACK_GAP),
      })
      if (manager) lines.push({ from: manager.id, to: member.id, shape: 'beside' })
    }
  }
  return { people, lines }
}
