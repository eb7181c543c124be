import type { GoalDraft } from '@/api/gen/types.gen'
import { parseDecimal } from '@/lib/decimal'
import type { GoalFields } from '../goalFields'

/** What is in the form by now, as the rules read it: what cannot be read is not there yet. */
export function draftOf(fields: GoalFields, language: GoalDraft['language']): GoalDraft {
  return {
    language,
    title: fields.title,
    description: fields.description,
    level: fields.level,
    cycle_id: fields.cycle_id || null,
    parent_id: fields.parent_id?.id ?? null,
    starts_on: fields.starts_on || null,
    due_on: fields.due_on || null,
    key_results: fields.key_results.slice(0, 20).map(({ title, kind, unit, start, target }) => ({
      title,
      kind,
      unit: unit || null,
      start: parseDecimal(start),
      target: parseDecimal(target),
    })),
  }
}
