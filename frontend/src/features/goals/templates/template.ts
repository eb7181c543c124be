import type { TFunction } from 'i18next'
import type {
  GoalDetail,
  GoalTemplate,
  GoalTemplateCreate,
  LibraryTemplate,
  TemplateKeyResult,
  TemplateKeyResultInput,
} from '@/api/gen/types.gen'
import { addDays, daysBetween } from '@/lib/dates'
import { randomId } from '@/lib/ids'
import {
  emptyKeyResult,
  fieldsOfKeyResult,
  type GoalFields,
  isBlankMilestone,
  type KeyResultFields,
  keyResultBody,
  type MilestoneFields,
} from '../goalFields'
import { isBlank, keyResultErrors } from '../rules'

/** What a template of the library and one of the organization have in common. */
export type Beginning = Pick<LibraryTemplate, 'title' | 'description' | 'function' | 'key_results'>

/** A template as its form holds it. */
export interface TemplateFields {
  title: string
  description: string
  function: GoalTemplate['function']
  language: GoalTemplate['language']
  key_results: KeyResultFields[]
}

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

const MOST = 20
const LATEST = 3650

function fieldsOfMeasure(
  measure: TemplateKeyResult,
  due: (days: number) => Partial<MilestoneFields>,
): KeyResultFields {
  const { title, kind, weight, milestones } = measure
  return {
    ...emptyKeyResult(),
    title,
    kind,
    weight,
    unit: measure.unit ?? '',
    start: measure.start ?? '',
    target: measure.target ?? '',
    lower: measure.lower ?? '',
    upper: measure.upper ?? '',
    tolerance: measure.tolerance ?? '',
    milestones: milestones.map((step) => ({
      key: randomId(),
      title: step.title,
      weight: step.weight,
      due_on: '',
      due_after_days: '',
      ...(step.due_after_days !== null && due(step.due_after_days)),
    })),
  }
}

/**
 * Everything else in the form stays as it was: whose goal it is, and for when. Days of milestones
 * are counted from the day on which the goal starts.
 */
export function begun(
  template: Beginning,
  startsOn: string,
): Pick<GoalFields, 'title' | 'description' | 'key_results'> {
  return {
    title: template.title,
    description: template.description,
    key_results: template.key_results.map((measure) =>
      fieldsOfMeasure(measure, (days) => ({ due_on: addDays(startsOn, days) })),
    ),
  }
}

export function fieldsOfTemplate(template: GoalTemplate): TemplateFields {
  const { title, description, function: fn, language, key_results } = template
  return {
    title,
    description,
    function: fn,
    language,
    key_results: key_results.map((measure) =>
      fieldsOfMeasure(measure, (days) => ({ due_after_days: String(days) })),
    ),
  }
}

/** A measure of a form as templates keep it: its milestones by days after the start. */
function measureOf(
  fields: KeyResultFields,
  dueAfter: (step: MilestoneFields) => number | null,
): TemplateKeyResultInput {
  const { milestones, ...told } = keyResultBody(fields)
  if (!milestones) return told
  const steps = fields.milestones.filter((step) => !isBlankMilestone(step))
  return {
    ...told,
    milestones: milestones.map(({ title, weight }, place) => {
      const step = steps[place]
      return { title, weight, due_after_days: step ? dueAfter(step) : null }
    }),
  }
}

export function templateBody(fields: TemplateFields): GoalTemplateCreate {
  return {
    title: fields.title.trim(),
    description: fields.description.trim(),
    function: fields.function,
    language: fields.language,
    key_results: fields.key_results
      .filter((row) => !isBlank(row))
      .map((row) =>
        measureOf(row, ({ due_after_days: days }) => (days?.trim() ? Number(days) : null)),
      ),
  }
}

export function templateErrors(t: TFunction<'app'>, fields: TemplateFields) {
  const errors: Record<string, string> = {}
  if (!fields.title.trim()) errors.title = t('form.required')
  for (const [index, row] of fields.key_results.entries()) {
    if (isBlank(row)) continue
    const at = `key_results.${index}.`
    Object.assign(errors, keyResultErrors(t, row, at))
    for (const [place, { due_after_days: days }] of row.milestones.entries()) {
      const isDays = !days?.trim() || (/^\d{1,4}$/.test(days.trim()) && Number(days) <= LATEST)
      if (!isDays) errors[`${at}milestones.${place}.due_after_days`] = t('form.number')
    }
  }
  return errors
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
    key_results: goal.key_results.slice(0, MOST).map((keyResult) =>
      measureOf(
        fieldsOfKeyResult(keyResult),
        // What was due before the goal began is due as it begins.
        ({ due_on }) =>
          due_on ? Math.min(Math.max(daysBetween(goal.starts_on, due_on), 0), LATEST) : null,
      ),
    ),
  }
}
