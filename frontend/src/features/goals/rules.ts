import type { TFunction } from 'i18next'
import { parseDecimal, toNumber } from '@/lib/decimal'
import { type GoalFields, isBlankMilestone, type KeyResultFields } from './goalFields'
import { isRange } from './kinds'
import type { CheckInFields } from './mutations'

type Errors = Record<string, string>
type T = TFunction<'app'>

/** What the page can tell of a key result before the server is asked; `at` is where it lies. */
export function keyResultErrors(t: T, fields: KeyResultFields, at = ''): Errors {
  const errors: Errors = {}
  if (!fields.title.trim()) errors[`${at}title`] = t('form.required')
  if (parseDecimal(fields.weight) === null) errors[`${at}weight`] = t('form.number')
  const ofItsKind = isRange(fields.kind)
    ? rangeErrors(t, fields)
    : fields.kind === 'maintain'
      ? bandErrors(t, fields)
      : fields.kind === 'milestones'
        ? milestoneErrors(t, fields)
        : {}
  for (const [name, error] of Object.entries(ofItsKind)) errors[`${at}${name}`] = error
  return errors
}

function rangeErrors(t: T, fields: KeyResultFields): Errors {
  const errors: Errors = {}
  for (const name of ['start', 'target'] as const) {
    if (parseDecimal(fields[name]) === null) errors[name] = t('form.number')
  }
  const isWay = !errors.start && !errors.target
  if (isWay && toNumber(fields.start) === toNumber(fields.target)) {
    errors.target = t('keyResult.nowhere')
  }
  if (fields.kind === 'currency' && !fields.unit) errors.unit = t('form.required')
  return errors
}

function bandErrors(t: T, fields: KeyResultFields): Errors {
  const errors: Errors = {}
  const given = (['lower', 'upper', 'tolerance'] as const).filter((name) => fields[name].trim())
  for (const name of given) {
    if (parseDecimal(fields[name]) === null) errors[name] = t('form.number')
  }
  const isBand = given.includes('lower') && given.includes('upper')
  if (!given.includes('lower') && !given.includes('upper')) {
    errors.lower = t('keyResult.noBand')
  } else if (isBand && toNumber(fields.lower) > toNumber(fields.upper)) {
    errors.upper = t('keyResult.bandUpsideDown')
  }
  if (given.includes('tolerance') && toNumber(fields.tolerance) <= 0) {
    errors.tolerance = t('keyResult.toleranceAboveZero')
  }
  return errors
}

function milestoneErrors(t: T, { milestones }: KeyResultFields): Errors {
  const errors: Errors = {}
  const meant = milestones.filter((step) => !isBlankMilestone(step))
  for (const [index, step] of milestones.entries()) {
    if (isBlankMilestone(step)) continue
    if (!step.title.trim()) errors[`milestones.${index}.title`] = t('form.required')
    const weight = parseDecimal(step.weight)
    if (weight === null || toNumber(weight) < 0) {
      errors[`milestones.${index}.weight`] = t('form.number')
    }
  }
  if (meant.length === 0) errors['milestones.0.title'] = t('milestone.none')
  else if (meant.every((step) => toNumber(step.weight) === 0)) {
    errors['milestones.0.weight'] = t('milestone.weightless')
  }
  return errors
}

/** Only what is reported has to be readable. */
export function checkInErrors(
  t: T,
  entries: CheckInFields[],
  isMeant: (index: number) => boolean,
): Errors {
  const wrong = entries.flatMap(({ value, done_milestone_ids }, index) =>
    done_milestone_ids || parseDecimal(value) !== null || !isMeant(index) ? [] : [index],
  )
  return Object.fromEntries(wrong.map((index) => [`entries.${index}.value`, t('form.number')]))
}

/** A row in which nothing was typed is not meant: it neither fails nor is sent. */
export function isBlank(fields: KeyResultFields): boolean {
  const { title, target, lower, upper, kind, unit, milestones } = fields
  const typed = [title, target, lower, upper, kind === 'currency' ? '' : unit]
  return typed.every((text) => !text.trim()) && milestones.every(isBlankMilestone)
}

export function goalErrors(t: T, fields: GoalFields): Errors {
  const errors: Errors = {}
  if (!fields.title.trim()) errors.title = t('form.required')
  if (!fields.owner_id) errors.owner_id = t('form.required')
  if (fields.level === 'department' && !fields.department_id) {
    errors.department_id = t('form.required')
  }
  if (fields.level === 'team' && !fields.team_id) errors.team_id = t('form.required')
  if (parseDecimal(fields.weight) === null || toNumber(fields.weight) < 0) {
    errors.weight = t('form.number')
  }
  if (fields.starts_on && fields.due_on && fields.due_on < fields.starts_on) {
    errors.due_on = t('goal.dueBeforeStart')
  }
  if (fields.check_in_every_days && !/^[1-9]\d{0,2}$/.test(fields.check_in_every_days)) {
    errors.check_in_every_days = t('form.number')
  }
  if (!fields.cycle_id && !fields.due_on) errors.due_on = t('goal.dueMissing')
  for (const [index, keyResult] of fields.key_results.entries()) {
    if (!isBlank(keyResult)) {
      Object.assign(errors, keyResultErrors(t, keyResult, `key_results.${index}.`))
    }
  }
  return errors
}
