import type { BulkGoal, GoalBulk, PersonRef } from '@/api/gen/types.gen'
import { randomId } from '@/lib/ids'
import { orNull } from '@/lib/patch'
import { emptyKeyResult, type KeyResultFields, keyResultBody } from '../goalFields'
import { isBlank } from '../rules'

interface BulkGoalFields {
  key: string
  title: string
  description: string
  key_results: KeyResultFields[]
}

export interface BulkFields {
  goals: BulkGoalFields[]
  cycle_id: string
  department_id: string
  team_id: string
  manager: PersonRef | null
}

export function emptyGoal(): BulkGoalFields {
  return { key: randomId(), title: '', description: '', key_results: [emptyKeyResult()] }
}

export function isForSomebody({ department_id, team_id, manager }: BulkFields): boolean {
  return Boolean(department_id || team_id || manager)
}

export function bulkBody(fields: BulkFields, mode: GoalBulk['mode']): GoalBulk {
  const { cycle_id, department_id, team_id, manager } = fields
  return {
    mode,
    goals: fields.goals.map(
      ({ title, description, key_results }): BulkGoal => ({
        title: title.trim(),
        description: description.trim(),
        cycle_id: cycle_id || null,
        key_results: key_results.filter((row) => !isBlank(row)).map(keyResultBody),
      }),
    ),
    people: { ...orNull({ department_id, team_id }), manager_id: manager?.id ?? null },
  }
}

/** What an operation of this kind answers with. */
export interface BulkResult {
  goals: number
  people: number
  left_out: number
  left_out_people: { id: string; name: string; reason: 'has_left' | 'not_yours_to_set' }[]
}
