import type { CheckInBehind, GoalParts, KeyResultPart, PersonRef } from '@/api/gen/types.gen'

export interface PartRow {
  /** Unique on the way down: a goal stands once below each goal it counts in. */
  key: string
  depth: number
  kind: 'key_result' | 'goal' | 'hidden'
  id: string | null
  /** None of a goal that counts and that you cannot see. */
  title: string | null
  weight: string
  progress: string | null
  adds: string | null
  /** Of a goal. */
  owner: PersonRef | null
  /** Of a key result. */
  checkIn: CheckInBehind | null
  measure: Pick<KeyResultPart, 'kind' | 'unit'> | null
  canOpen: boolean
}

function partsOf(parts: GoalParts, depth: number, goals: Map<string, GoalParts>): PartRow[] {
  const { key_results, hidden_goals } = parts
  return [
    ...key_results.map(({ check_in, kind, unit, ...part }) => ({
      ...part,
      key: part.id,
      depth,
      kind: 'key_result' as const,
      owner: null,
      checkIn: check_in,
      measure: { kind, unit },
      canOpen: false,
    })),
    ...parts.goals.map((part) => ({
      ...part,
      key: part.id,
      depth,
      kind: 'goal' as const,
      checkIn: null,
      measure: null,
      canOpen: hasParts(goals.get(part.id)),
    })),
    ...hidden_goals.map(({ weight }, index) => ({
      key: `${parts.id} ${index}`,
      depth,
      kind: 'hidden' as const,
      id: null,
      title: null,
      weight,
      progress: null,
      adds: null,
      owner: null,
      checkIn: null,
      measure: null,
      canOpen: false,
    })),
  ]
}

function hasParts(parts: GoalParts | undefined): boolean {
  return (
    parts !== undefined &&
    parts.key_results.length + parts.goals.length + parts.hidden_goals.length > 0
  )
}

/** The parts of the first goal, and below each goal that is open its own. */
export function rowsOf(provenance: GoalParts[], open: ReadonlySet<string>): PartRow[] {
  const goals = new Map(provenance.map((parts) => [parts.id, parts]))
  const below = (parts: GoalParts, depth: number): PartRow[] =>
    partsOf(parts, depth, goals).flatMap((row) => {
      const further = row.canOpen && open.has(row.key) ? goals.get(row.key) : undefined
      return further ? [row, ...below(further, depth + 1)] : [row]
    })
  const [first] = provenance
  return first ? below(first, 0) : []
}
