import type { GoalDetail, GoalDraft } from '@/api/gen/types.gen'
import { parseDecimal } from '@/lib/decimal'
import {
  fieldsOfGoal,
  fieldsOfKeyResult,
  type GoalFields,
  type KeyResultFields,
} from '../goalFields'

type Language = GoalDraft['language']

const MOST = 20

/** What is in the form by now, as the rules read it: what cannot be read is not there yet. */
export function draftOf(fields: GoalFields, language: Language): GoalDraft {
  return {
    language,
    title: fields.title,
    description: fields.description,
    level: fields.level,
    cycle_id: fields.cycle_id || null,
    parent_id: fields.parent_id?.id ?? null,
    driver: fields.driver,
    starts_on: fields.starts_on || null,
    due_on: fields.due_on || null,
    key_results: fields.key_results
      .slice(0, MOST)
      .map(({ title, kind, unit, start, target, lower, upper }) => ({
        title,
        kind,
        unit: unit || null,
        start: parseDecimal(start),
        target: parseDecimal(target),
        lower: parseDecimal(lower),
        upper: parseDecimal(upper),
      })),
  }
}

/** A stored goal with what its form says by now; it serves its parent also if that is hidden. */
export function draftOfGoal(
  goal: GoalDetail,
  language: Language,
  change: Partial<GoalFields> = {},
): GoalDraft {
  const key_results = goal.key_results.map(fieldsOfKeyResult)
  const draft = draftOf({ ...fieldsOfGoal(goal), key_results, ...change }, language)
  return {
    ...draft,
    has_hidden_parent: goal.has_hidden_parent,
    has_started: goal.state !== 'draft',
  }
}

/** What the form of a stored goal says; its key results have forms of their own. */
export function withoutKeyResults({ key_results, ...fields }: GoalFields) {
  return fields
}

/** The key result that is being written stands first, so that each rule speaks of it first. */
export function draftWithKeyResult(
  goal: GoalDetail,
  language: Language,
  fields: KeyResultFields,
  keyResultId: string | undefined,
): GoalDraft {
  const others = goal.key_results.filter(({ id }) => id !== keyResultId).map(fieldsOfKeyResult)
  return draftOfGoal(goal, language, { key_results: [fields, ...others] })
}
