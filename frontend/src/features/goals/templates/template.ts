import type { GoalDetail, GoalTemplateCreate, LibraryTemplate } from '@/api/gen/types.gen'
import { emptyKeyResult, type GoalFields } from '../goalFields'

/** What a template of the library and one of the organization have in common. */
export type Beginning = Pick<LibraryTemplate, 'title' | 'description' | 'function' | 'key_results'>

export const FUNCTIONS: Beginning['function'][] = [
  'engineering',
  'product',
  'design',
  'sales',
  'marketing',
  'customer_success',
  'finance',
  'people',
  'operations',
  'leadership',
]

/** Everything else in the form stays as it was: whose goal it is, and for when. */
export function begun(template: Beginning): Partial<GoalFields> {
  return {
    title: template.title,
    description: template.description,
    key_results: template.key_results.map(({ title, kind, unit, start, target }) => ({
      ...emptyKeyResult(),
      title,
      kind,
      unit: unit ?? '',
      start,
      target,
    })),
  }
}

export function templateOf(
  goal: GoalDetail,
  fn: Beginning['function'],
  language: GoalTemplateCreate['language'],
): GoalTemplateCreate {
  return {
    function: fn,
    language,
    title: goal.title,
    description: goal.description,
    key_results: goal.key_results.flatMap(measureOf).slice(0, 20),
  }
}

/** Templates know numbers and percents; what else measures the goal is thought of anew each time. */
function measureOf({ title, kind, unit, start, target }: GoalDetail['key_results'][number]) {
  if ((kind !== 'number' && kind !== 'percent') || start === null || target === null) return []
  return [{ title, kind, unit, start, target }]
}
