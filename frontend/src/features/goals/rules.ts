import type { TFunction } from 'i18next'
import { parseDecimal, toNumber } from '@/lib/decimal'
import type { GoalFields, KeyResultFields } from './goalFields'

type Errors = Record<string, string>
type T = TFunction<'app'>

/** What the page can tell of a key result before the server is asked; `at` is where it lies. */
export function keyResultErrors(t: T, fields: KeyResultFields, at = ''): Errors {
  const errors: Errors = {}
  if (!fields.title.trim()) errors[`${at}title`] = t('form.required')
  for (const name of ['start', 'target', 'weight'] as const) {
    if (parseDecimal(fields[name]) === null) errors[`${at}${name}`] = t('form.number')
  }
  const isWay = !errors[`${at}start`] && !errors[`${at}target`]
  if (isWay && toNumber(fields.start) === toNumber(fields.target)) {
    errors[`${at}target`] = t('keyResult.nowhere')
  }
  return errors
}

/** A row in which nothing was typed is not meant: it neither fails nor is sent. */
export function isBlank({ title, target, unit }: KeyResultFields): boolean {
  return !title.trim() && !target.trim() && !unit.trim()
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
